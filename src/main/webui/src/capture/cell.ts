import { greatest, least } from "../chart/buckets";
import type { Column, Timeline } from "../chart/column";
import { LOSSY, MISSING } from "../chart/grid";
import type { HeatmapLayout } from "../chart/heatmap";
import { partUpTo } from "../chart/histogram";
import { FEWEST_FOR_LINE } from "../chart/quantileLines";

export interface KeyCount {
    readonly text: string;
    readonly count: number;
}

/** One cell of a heat map, as the readout tells it. Values reach from `low` up to but not including `high`. */
export interface Cell {
    readonly left: number;
    readonly top: number;
    readonly height: number;
    readonly t: number;
    readonly step: number;
    readonly low: number;
    readonly high: number;
    readonly count: number;
    readonly n: number;
    /** Part of the column, and of the column up to here; 0 to 1. */
    readonly share: number;
    readonly upTo: number;
    readonly missing: boolean;
    readonly lossy: boolean;
    readonly few: boolean;
    readonly keys: readonly KeyCount[];
}

export type KeysAt = (columnIndex: number, first: number, last: number) => readonly KeyCount[];

export function readCell(
    { slot, row: rowIndex }: { readonly slot: number; readonly row: number },
    layout: HeatmapLayout,
    columns: readonly Column[],
    timeline: Timeline,
    keysAt: KeysAt | undefined,
): Cell | null {
    const row = layout.axis.rows[rowIndex];
    if (!row || slot >= layout.grid.slots) {
        return null;
    }
    const at = layout.grid.columns[slot] ?? -1;
    const column = columns[at];
    const state = layout.grid.states[slot];
    const count = layout.grid.cells[slot * layout.grid.rows + rowIndex] ?? 0;
    const histogram = column ? { buckets: column.buckets, counts: column.counts, total: column.n } : null;
    return {
        left: (slot * layout.width) / layout.grid.slots,
        top: row.top,
        height: row.bottom - row.top,
        t: timeline.from + slot * timeline.step,
        step: timeline.step,
        low: least(row.first),
        high: greatest(row.last) + 1,
        count: Math.round(count),
        n: column?.n ?? 0,
        share: column && column.n > 0 ? count / column.n : 0,
        upTo: histogram && histogram.total > 0 ? partUpTo(histogram, row.last) : 0,
        missing: state === MISSING,
        lossy: state === LOSSY,
        few: column !== undefined && column.n > 0 && column.n < FEWEST_FOR_LINE,
        keys: column && count > 0 ? (keysAt?.(at, row.first, row.last) ?? []) : [],
    };
}
