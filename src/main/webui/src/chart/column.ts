/** What drawing code gets: one interval of one series, as arrays. `t` and `length` are milliseconds. */
export interface Column {
    readonly t: number;
    readonly length: number;
    readonly n: number;
    readonly gap: boolean;
    readonly lost: boolean;
    readonly buckets: ArrayLike<number>;
    readonly counts: ArrayLike<number>;
}

/** The time scale: `slots` equal steps from `from`; the newest at the right. */
export interface Timeline {
    readonly from: number;
    readonly step: number;
    readonly slots: number;
}

export function endOf(timeline: Timeline): number {
    return timeline.from + timeline.step * timeline.slots;
}

/** First and one-past-last slot that a column covers; a merged column covers several. */
export function slotsOf(column: Column, timeline: Timeline): readonly [number, number] {
    const first = Math.round((column.t - timeline.from) / timeline.step);
    const width = Math.max(1, Math.round(column.length / timeline.step));
    return [Math.max(0, first), Math.min(timeline.slots, first + width)];
}

const WINDOWS = [60, 120, 300];

/** A window that ends with the newest column and grows in steps, so that a young run is not a sliver. */
export function liveTimeline(columns: readonly Column[], step: number, startedAt: number): Timeline {
    const first = columns[0];
    const last = columns.at(-1);
    const end = last ? last.t + last.length : startedAt;
    const needed = first ? Math.ceil((end - first.t) / step) : 0;
    const slots = WINDOWS.find((window) => window >= needed) ?? 300;
    return { from: end - slots * step, step, slots };
}
