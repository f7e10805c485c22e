import { api, type CheckAnswer } from "../protocol/http";
import type { Target } from "../protocol/model";

const PAUSE = 250;

/** Asks the server about the script once typing pauses; an answer to an older text is never delivered. */
export class Checker {
    private sequence = 0;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private running: AbortController | null = null;

    constructor(
        private readonly deliver: (answer: CheckAnswer) => void,
        private readonly fail: (error: unknown) => void,
        private readonly ask: typeof api.check = api.check,
    ) {}

    schedule(script: string, target: Target | undefined, values: readonly string[] = []): void {
        this.cancel();
        this.timer = setTimeout(() => void this.check(script, target, values, this.sequence), PAUSE);
    }

    cancel(): void {
        this.sequence++;
        clearTimeout(this.timer);
        this.running?.abort();
        this.running = null;
    }

    private async check(
        script: string,
        target: Target | undefined,
        values: readonly string[],
        sequence: number,
    ): Promise<void> {
        this.running = new AbortController();
        try {
            const answer = await this.ask(script, target, this.running.signal, values);
            if (sequence === this.sequence) {
                this.deliver(answer);
            }
        } catch (error) {
            if (sequence === this.sequence) {
                this.fail(error);
            }
        }
    }
}
