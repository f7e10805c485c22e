import { get } from "../protocol/http";
import type { MessageKey } from "../ui/i18n/en";

/** What of a capture is missing, as the store judges it; complete is null as long as not all of it is stored. */
export interface Account {
    readonly complete: boolean | null;
    /** Reasons as name=number; the number is "?" where nobody can tell. */
    readonly inexact: readonly string[];
    readonly gaps: readonly Gap[];
}

export interface Gap {
    readonly from: number;
    readonly to: number;
    readonly reason: string;
    readonly lost: number | null;
    readonly detail: string;
}

export const accountOf = (id: string) => get<Account>(`/captures/${id}/account`);

const NAMES: Readonly<Record<string, MessageKey>> = {
    lost_events: "loss.events",
    lost_keys: "loss.keys",
    lost_updates: "loss.updates",
    lost_returns: "loss.returns",
    recursion_misses: "loss.recursion",
    malformed: "loss.malformed",
    store_refused: "gap.storeRefused",
    gap_not_observed: "gap.notObserved",
    gap_service_ended: "gap.serviceEnded",
    gap_store_refused: "gap.storeRefused",
    gap_spill_full: "gap.spillFull",
    gap_spill_corrupt: "gap.spillCorrupt",
    gap_expired: "gap.expired",
};

/** A reason in words with its number; a balance that does not come out keeps the server's name. */
export function reasonText(
    reason: string,
    say: (key: MessageKey) => string,
    format: (value: number) => string,
): { readonly text: string; readonly count: string } {
    const [name = reason, count = "?"] = reason.split("=");
    const known = NAMES[name];
    return {
        text: known ? say(known) : name.replaceAll("_", " "),
        count: /^-?\d+$/.test(count) ? format(Number(count)) : count,
    };
}
