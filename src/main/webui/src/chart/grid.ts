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
}

export function gridOf(columns: readonly Column[], timeline: Timeline, axis: ValueAxis): Grid {
    const { slots } = timeline;
    const rows = axis.rows.length;
    const cells = new Float32Array(slots * rows);
    const states = new Uint8Array(slots);
    const drawn = new Int32Array(slots).fill(-1);
    columns.forEach((column, at) => {
        const [from, to] = slotsOf(column, timeline);
        for (let slot = from; slot < to; slot++) {
            states[slot] = column.gap ? MISSING : column.lost ? LOSSY : PRESENT;
            drawn[slot] = at;
        }
        addCells(column, axis, cells, from, to, rows);
    });
    const grid = { slots, rows, cells, states, columns: drawn };
    closeHoles(grid, columns, timeline.step);
    return grid;
}

/** A merged column shows its mean in each of its slots: the area keeps the count. */
function addCells(column: Column, axis: ValueAxis, cells: Float32Array, from: number, to: number, rows: number): void {
    const width = to - from;
    for (let i = 0; i < column.buckets.length; i++) {
        const row = axis.rowOf(column.buckets[i] ?? 0);
        for (let slot = from; row >= 0 && slot < to; slot++) {
            const cell = slot * rows + row;
            cells[cell] = (cells[cell] ?? 0) + (column.counts[i] ?? 0) / width;
        }
    }
}

/**
 * A slot between two known ones is a hole in the data, unless their times almost touch: then a late clock left it out,
 * and it repeats its neighbour. Before the first and after the last there is nothing yet.
 */
function closeHoles({ states, columns: drawn, cells, rows }: Grid, columns: readonly Column[], step: number): void {
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
                cells.copyWithin(slot * rows, (slot - 1) * rows, slot * rows);
            }
        }
    }
}

/** The count of the cell at the 99.5th percentile of those that are not empty: one outlier must not dim the rest. */
export function ceilingOf(cells: Float32Array): number {
    const filled = cells.filter((count) => count > 0).sort();
    return Math.max(1, filled[Math.min(filled.length - 1, Math.floor(filled.length * 0.995))] ?? 1);
}

const REST_MILLIS = 2000;
const TOLERANCE = 0.2;

/** Holds the brightest count still: it follows only changes over a fifth, and at most every two seconds. */
export class Ceiling {
    private value = 0;
    private changedAt = -Infinity;

    update(target: number, now: number): number {
        const changed = Math.abs(target - this.value) > TOLERANCE * this.value;
        if (this.value === 0 || (changed && now - this.changedAt >= REST_MILLIS)) {
            this.value = target;
            this.changedAt = now;
        }
        return this.value;
    }

    reset(): void {
        this.value = 0;
        this.changedAt = -Infinity;
    }
}

/** Brightness of a count, 0 to 1: the logarithm shows a few beside a million. */
export function intensity(count: number, ceiling: number): number {
    return Math.min(1, Math.log1p(count) / Math.log1p(ceiling));
}

/** Colours the grid: one pixel per cell, rows from top to bottom. Empty cells stay transparent. */
export function paint(grid: Grid, ceiling: number, ramp: Uint32Array): Uint32Array {
    const pixels = new Uint32Array(grid.slots * grid.rows);
    for (let slot = 0; slot < grid.slots; slot++) {
        for (let row = 0; row < grid.rows; row++) {
            const count = grid.cells[slot * grid.rows + row] ?? 0;
            if (count > 0) {
                const level = Math.round(intensity(count, ceiling) * (ramp.length - 1));
                pixels[(grid.rows - 1 - row) * grid.slots + slot] = ramp[level] ?? 0;
            }
        }
    }
    return pixels;
}
