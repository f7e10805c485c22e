import type { Column } from "../chart/column";
import { merge, type Histogram } from "../chart/histogram";

/** A box in the heat map: a span of time and a range of buckets. In data, not pixels, so it moves with them. */
export interface Selection {
    readonly from: number;
    readonly to: number;
    readonly first: number;
    readonly last: number;
}

export function histogramIn(columns: readonly Column[], selection: Selection): Histogram {
    const { from, to, first, last } = selection;
    const inside = columns.filter((column) => column.t < to - 1 && column.t + column.length > from + 1);
    return merge(inside, first, last);
}
