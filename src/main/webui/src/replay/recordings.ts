import { api, type Recording } from "../protocol/http";
import type { MessageKey } from "../ui/i18n/en";

/** What a recording is called and what it shows, for people. */
interface Words {
    readonly title: MessageKey;
    readonly text: MessageKey;
}

const WORDS: Readonly<Record<string, Words>> = {
    "system-calls": { title: "replay.calls", text: "replay.calls.text" },
    "postgres-queries": { title: "replay.queries", text: "replay.queries.text" },
    "disk-writes": { title: "replay.writes", text: "replay.writes.text" },
    "off-cpu": { title: "replay.offCpu", text: "replay.offCpu.text" },
    "calls-by-program": { title: "replay.counts", text: "replay.counts.text" },
};

/** The words of a recording; null for one that this page does not know. */
export function wordsOf(name: string): Words | null {
    return WORDS[name] ?? null;
}

/** The recordings that the server has and this page has words for. */
export async function recordings(): Promise<readonly Recording[]> {
    const { replays } = await api.replays();
    return replays.filter(({ name }) => wordsOf(name) !== null);
}

/** How much faster than it was recorded. */
export const SPEEDS = [1, 2, 5, 10, 30, 60] as const;
