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

/**
 * First slot whose middle a column covers; a merged column covers several. Columns that follow one another leave no slot
 * between them, however the clock drifts against the slots.
 */
export function firstSlotOf(column: Column, timeline: Timeline): number {
    return Math.max(0, slotAt(column.t, timeline));
}

/** One past the last slot that a column covers: it covers one at least. */
export function endSlotOf(column: Column, timeline: Timeline): number {
    const end = Math.max(slotAt(column.t, timeline) + 1, slotAt(column.t + column.length, timeline));
    return Math.min(timeline.slots, end);
}

function slotAt(t: number, { from, step }: Timeline): number {
    return Math.ceil((t - from) / step - 0.5);
}

const WINDOWS = [60, 120, 300];

/**
 * A window that ends with the newest column. It grows in steps, so that a young run is not a sliver; a run that is over
 * fills it.
 */
export function liveTimeline(columns: readonly Column[], step: number, startedAt: number, over: boolean): Timeline {
    const first = columns[0];
    const last = columns.at(-1);
    const end = last ? last.t + last.length : startedAt;
    const needed = first ? Math.ceil((end - first.t) / step) : 0;
    const slots = over ? Math.max(10, needed) : (WINDOWS.find((window) => window >= needed) ?? needed);
    return { from: end - slots * step, step, slots };
}

/** What a person looks at: a stretch of time, or the newest `millis` of a run that goes on. */
export type TimeView =
    | { readonly kind: "follow"; readonly millis: number | null }
    | { readonly kind: "fixed"; readonly from: number; readonly to: number };

export const FOLLOW: TimeView = { kind: "follow", millis: null };

const FEWEST_SLOTS = 5;

/** The timeline of a view: whole steps on the grid of `whole`, so that no column is torn between two slots. */
export function viewedTimeline(whole: Timeline, view: TimeView): Timeline {
    if (view.kind === "follow") {
        if (view.millis === null) {
            return whole;
        }
        const slots = Math.min(whole.slots, Math.max(FEWEST_SLOTS, Math.round(view.millis / whole.step)));
        return { from: endOf(whole) - slots * whole.step, step: whole.step, slots };
    }
    const first = Math.round((view.from - whole.from) / whole.step);
    const slots = Math.max(FEWEST_SLOTS, Math.round((view.to - view.from) / whole.step));
    return { from: whole.from + first * whole.step, step: whole.step, slots };
}

/** The view after a turn of the wheel: `factor` below 1 looks closer; the moment `at` stays under the pointer. */
export function zoomedView(whole: Timeline, shown: Timeline, at: number, factor: number): TimeView {
    const span = Math.max(FEWEST_SLOTS * whole.step, (endOf(shown) - shown.from) * factor);
    if (span >= endOf(whole) - whole.from) {
        return FOLLOW;
    }
    const part = (at - shown.from) / (endOf(shown) - shown.from);
    const from = Math.max(whole.from, Math.min(endOf(whole) - span, at - part * span));
    const touchesEnd = from + span >= endOf(whole) - whole.step / 2;
    return touchesEnd && part > 0.9 ? { kind: "follow", millis: span } : { kind: "fixed", from, to: from + span };
}
