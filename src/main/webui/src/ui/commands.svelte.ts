import { untrack } from "svelte";

/** Something that can be done now: listed in the palette. */
export interface Command {
    readonly id: string;
    readonly title: string;
    readonly keys?: string;
    readonly run: () => void;
}

type Source = () => readonly Command[];

/** What the pages that are shown offer; each adds its own and takes it away when it goes. */
class Commands {
    private sources = $state.raw<readonly Source[]>([]);

    get all(): readonly Command[] {
        return this.sources.flatMap((source) => source());
    }

    /** Gives the way to take them away: made to be what an effect returns. */
    offer(source: Source): () => void {
        // The effect that offers must not depend on what all offer.
        untrack(() => (this.sources = [...this.sources, source]));
        return () => untrack(() => (this.sources = this.sources.filter((one) => one !== source)));
    }
}

export const commands = new Commands();
