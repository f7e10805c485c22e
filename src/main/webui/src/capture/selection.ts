import type { Column } from "../chart/column";
import { merge, type Histogram } from "../chart/histogram";

/** Bucket numbers, both included. */
export interface ValueRange {
    readonly first: number;
    readonly last: number;
}

/** A box in the heat map: a span of time and a range of buckets. In data, not pixels, so it moves with them. */
export interface Selection extends ValueRange {
    readonly from: number;
    readonly to: number;
}

export function histogramIn(columns: readonly Column[], selection: Selection): Histogram {
    const { from, to, first, last } = selection;
    const inside = columns.filter((column) => column.t < to - 1 && column.t + column.length > from + 1);
    return merge(inside, first, last);
}

/** The columns that a stretch of time shows: those whose middle lies in it. */
export function columnsIn(columns: readonly Column[], from: number, to: number): readonly Column[] {
    const inside = (column: Column) => column.t + column.length / 2 >= from && column.t + column.length / 2 < to;
    return columns.every(inside) ? columns : columns.filter(inside);
}
