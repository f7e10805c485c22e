import type { Marker } from "../chart/decoration";
import type { RunEvent } from "../protocol/frames";
import type { MessageKey } from "../ui/i18n/en";

const NAMES: Readonly<Record<string, MessageKey>> = {
    attached: "event.attached",
    left_out: "event.leftOut",
    exit: "event.exit",
    error: "event.error",
    target_ended: "event.targetEnded",
    target_replaced: "event.targetReplaced",
    target_rewritten: "event.targetRewritten",
    time_limit: "event.timeLimit",
    stopped: "event.stopped",
    budget: "event.budget",
    store_away: "event.storeAway",
    store_back: "event.storeBack",
};
const GRAVE = new Set(["error", "target_ended", "target_rewritten", "budget", "store_away"]);

/** The events of a run as marks on its charts; what this page has no word for keeps the server's. */
export function markersOf(events: readonly RunEvent[], startedAt: number, say: (key: MessageKey) => string): Marker[] {
    return events.map(({ t, kind, text }) => {
        const name = NAMES[kind];
        return { t: startedAt + t, kind, text: name ? say(name) : text || kind, grave: GRAVE.has(kind) };
    });
}
