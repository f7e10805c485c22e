import type { Losses } from "./model";

/** Points of a sparkline. */
export const RATES_KEPT = 30;

/** Hits a second of each handler that was ever hit, one number for each pair of statistics, oldest first. */
export type ProbeRates = ReadonlyMap<number, readonly number[]>;

/** The rates after one more frame of statistics. A handler that is not told of was not hit. */
export function nextRates(known: ProbeRates | null, before: Losses, now: Losses, seconds: number): ProbeRates {
    const hitsBefore = new Map(before.probes.map(({ handler, hits }) => [handler, hits]));
    return new Map(
        now.probes.map(({ handler, hits }) => {
            const rate = Math.max(0, (hits - (hitsBefore.get(handler) ?? 0)) / seconds);
            return [handler, [...(known?.get(handler) ?? []).slice(1 - RATES_KEPT), rate]];
        }),
    );
}
