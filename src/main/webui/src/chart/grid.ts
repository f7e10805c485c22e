import type { ValueAxis } from "./axis";
import { slotsOf, type Column, type Timeline } from "./column";

/** What a slot of time knows: nothing yet, no data though there should be some, or data. */
export const BLANK = 0;
export const MISSING = 1;
export const PRESENT = 2;
export const LOSSY = 3;

/** Counts by slot and row, slot-major; the picture before colours. */
export interface Grid {
    readonly slots: number;
    readonly rows: number;
    readonly cells: Float32Array;
    readonly states: Uint8Array;
    /** The column drawn in each slot, or -1. */
    readonly columns: Int32Array;
    /** Values of each slot, in its rows together. */
    readonly sums: Float32Array;
}

/** The arrays of one chart's grids: a frame uses those of the frame before, unless the size has changed. */
export class GridMemory {
    private known: Grid | null = null;

    take(slots: number, rows: number): Grid {
        const known = this.known;
        if (known && known.slots === slots && known.rows === rows) {
            known.cells.fill(0);
            known.states.fill(BLANK);
            known.columns.fill(-1);
            known.sums.fill(0);
            return known;
        }
        this.known = {
            slots,
            rows,
            cells: new Float32Array(slots * rows),
            states: new Uint8Array(slots),
            columns: new Int32Array(slots).fill(-1),
            sums: new Float32Array(slots),
        };
        return this.known;
    }
}

export function gridOf(
    columns: readonly Column[],
    timeline: Timeline,
    axis: ValueAxis,
    memory: GridMemory = new GridMemory(),
): Grid {
    const grid = memory.take(timeline.slots, axis.rows.length);
    for (let at = 0; at < columns.length; at++) {
        const column = columns[at] as Column;
        const [from, to] = slotsOf(column, timeline);
        for (let slot = from; slot < to; slot++) {
            grid.states[slot] = column.gap ? MISSING : column.lost ? LOSSY : PRESENT;
            grid.columns[slot] = at;
        }
        addCells(column, axis, grid, from, to);
    }
    closeHoles(grid, columns, timeline.step);
    return grid;
}

/** A merged column shows its mean in each of its slots: the area keeps the count. */
function addCells(column: Column, axis: ValueAxis, grid: Grid, from: number, to: number): void {
    const { cells, rows, sums } = grid;
    const width = to - from;
    for (let i = 0; i < column.buckets.length; i++) {
        const row = axis.rowOf(column.buckets[i] ?? 0);
        const count = (column.counts[i] ?? 0) / width;
        for (let slot = from; row >= 0 && slot < to; slot++) {
            const cell = slot * rows + row;
            cells[cell] = (cells[cell] ?? 0) + count;
            sums[slot] = (sums[slot] ?? 0) + count;
        }
    }
}

/**
 * A slot between two known ones is a hole in the data, unless their times almost touch: then a late clock left it out,
 * and it repeats its neighbour. Before the first and after the last there is nothing yet.
 */
function closeHoles(grid: Grid, columns: readonly Column[], step: number): void {
    const { states, columns: drawn, cells, rows, sums } = grid;
    const first = states.findIndex((state) => state !== BLANK);
    const last = states.findLastIndex((state) => state !== BLANK);
    for (let slot = first + 1; first >= 0 && slot < last; slot++) {
        if (states[slot] === BLANK) {
            const before = columns[drawn[slot - 1] ?? -1];
            const after = columns[drawn[slot + 1] ?? -1];
            const touching = before && after && after.t - before.t - before.length < step / 2;
            states[slot] = touching ? (states[slot - 1] ?? PRESENT) : MISSING;
            if (touching) {
                drawn[slot] = drawn[slot - 1] ?? -1;
                sums[slot] = sums[slot - 1] ?? 0;
                cells.copyWithin(slot * rows, (slot - 1) * rows, slot * rows);
            }
        }
    }
}
