import type { Losses } from "../protocol/model";

/** The hits of a run at one moment of this page's clock, in milliseconds. */
export interface Seen {
    readonly at: number;
    readonly hits: number;
}

/** How fast a run goes and what it takes of one CPU; nothing where that is not known yet. */
export interface Pace {
    readonly perSecond?: number;
    readonly cpuPercent?: number;
}

/** What happened since a run was last seen. */
export function paceOf(before: Seen | undefined, losses: Losses | null, at: number): Pace {
    if (!before || !losses || at <= before.at) {
        return {};
    }
    const perSecond = Math.max(0, ((losses.hits - before.hits) / (at - before.at)) * 1000);
    return losses.nanosPerHit > 0 ? { perSecond, cpuPercent: (perSecond * losses.nanosPerHit) / 1e7 } : { perSecond };
}
