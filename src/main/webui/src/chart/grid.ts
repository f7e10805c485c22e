import type { ValueAxis } from "./axis";
import { endSlotOf, firstSlotOf, type Column, type Timeline } from "./column";

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
    /** Slots whose cells have moved to the left since the grid before; negative to the right. */
    shift: number;
    /** 1 for each slot whose cells are not those that were there before, after the move. */
    readonly fresh: Uint8Array;
}

/** Where the cells of a slot come from: nothing, or a column spread over so many slots. Equal sources, equal cells. */
interface Sources {
    readonly columns: (Column | null)[];
    readonly widths: Int32Array;
    /** How many columns lie in the slot; with more than one, its source is not a single column. */
    readonly layers: Uint8Array;
}

/**
 * The grids of one chart: a frame starts from the cells of the frame before, moves them with the time, and counts only the
 * slots that show something else. A column must not change once it has been shown.
 */
export class GridMemory {
    private grid: Grid = newGrid(0, 0);
    private axis: ValueAxis | null = null;
    private timeline: Timeline = { from: 0, step: 1, slots: 0 };
    private shown: Sources = newSources(0);
    private wanted: Sources = newSources(0);

    update(columns: readonly Column[], timeline: Timeline, axis: ValueAxis): Grid {
        const grid = this.move(timeline, axis);
        const { wanted, shown } = this;
        this.assign(columns, timeline);
        closeHoles(grid, wanted, columns, timeline.step);
        let layered = false;
        for (let slot = 0; slot < grid.slots; slot++) {
            const [column, layers] = [wanted.columns[slot] ?? null, wanted.layers[slot] ?? 0];
            const same =
                layers < 2 &&
                column === shown.columns[slot] &&
                wanted.widths[slot] === shown.widths[slot] &&
                layers === shown.layers[slot];
            grid.fresh[slot] = same ? 0 : 1;
            if (!same) {
                grid.cells.fill(0, slot * grid.rows, (slot + 1) * grid.rows);
                grid.sums[slot] = 0;
                if (column && layers < 2) {
                    addCells(column, axis, grid, slot, wanted.widths[slot] ?? 1);
                }
            }
            layered ||= layers > 1;
        }
        if (layered) {
            this.addLayers(columns, timeline, axis);
        }
        [this.shown, this.wanted] = [wanted, shown];
        return grid;
    }

    /** The grid before with its cells where the timeline wants them; an empty one where nothing can be kept. */
    private move(timeline: Timeline, axis: ValueAxis): Grid {
        const { slots } = timeline;
        const rows = axis.rows.length;
        const before = this.timeline;
        if (this.grid.slots !== slots || this.grid.rows !== rows) {
            this.grid = newGrid(slots, rows);
            this.shown = newSources(slots);
            this.wanted = newSources(slots);
        } else if (axis !== this.axis) {
            forget(this.shown, 0, slots);
        }
        const { grid, shown } = this;
        const shift = Math.round((timeline.from - before.from) / timeline.step);
        grid.shift = timeline.step === before.step && Math.abs(shift) < slots ? shift : 0;
        if (grid.shift !== 0) {
            const [to, from] = grid.shift > 0 ? [0, grid.shift] : [-grid.shift, 0];
            grid.cells.copyWithin(to * rows, from * rows, (slots - to) * rows);
            grid.sums.copyWithin(to, from, slots - to);
            shown.columns.copyWithin(to, from, slots - to);
            shown.widths.copyWithin(to, from, slots - to);
            shown.layers.copyWithin(to, from, slots - to);
            forget(shown, grid.shift > 0 ? slots - grid.shift : 0, grid.shift > 0 ? slots : -grid.shift);
        }
        this.axis = axis;
        this.timeline = timeline;
        return grid;
    }

    /** Which column lies in which slot; the later where several do. */
    private assign(columns: readonly Column[], timeline: Timeline): void {
        const { grid, wanted } = this;
        grid.columns.fill(-1);
        grid.states.fill(BLANK);
        wanted.columns.fill(null);
        wanted.layers.fill(0);
        wanted.widths.fill(0);
        for (let at = 0; at < columns.length; at++) {
            const column = columns[at] as Column;
            const [from, to] = [firstSlotOf(column, timeline), endSlotOf(column, timeline)];
            for (let slot = from; slot < to; slot++) {
                grid.states[slot] = column.gap ? MISSING : column.lost ? LOSSY : PRESENT;
                grid.columns[slot] = at;
                wanted.columns[slot] = column;
                wanted.widths[slot] = to - from;
                wanted.layers[slot] = Math.min(2, (wanted.layers[slot] ?? 0) + 1);
            }
        }
    }

    /** Slots with several columns hold them together, and a hole closed with such a slot repeats it. */
    private addLayers(columns: readonly Column[], timeline: Timeline, axis: ValueAxis): void {
        const { grid, wanted } = this;
        for (let at = 0; at < columns.length; at++) {
            const column = columns[at] as Column;
            const [from, to] = [firstSlotOf(column, timeline), endSlotOf(column, timeline)];
            for (let slot = from; slot < to; slot++) {
                if ((wanted.layers[slot] ?? 0) === 2) {
                    addCells(column, axis, grid, slot, to - from);
                }
            }
        }
        for (let slot = 1; slot < grid.slots; slot++) {
            if (wanted.layers[slot] === REPEATED) {
                grid.cells.copyWithin(slot * grid.rows, (slot - 1) * grid.rows, slot * grid.rows);
                grid.sums[slot] = grid.sums[slot - 1] ?? 0;
            }
        }
    }
}

/** Layers of a slot that repeats one with several columns. */
const REPEATED = 3;

function newGrid(slots: number, rows: number): Grid {
    return {
        slots,
        rows,
        cells: new Float32Array(slots * rows),
        states: new Uint8Array(slots),
        columns: new Int32Array(slots).fill(-1),
        sums: new Float32Array(slots),
        shift: 0,
        fresh: new Uint8Array(slots).fill(1),
    };
}

function newSources(slots: number): Sources {
    const sources = {
        columns: new Array<Column | null>(slots).fill(null),
        widths: new Int32Array(slots),
        layers: new Uint8Array(slots),
    };
    forget(sources, 0, slots);
    return sources;
}

/** No width is negative: what is forgotten equals nothing. */
function forget({ columns, widths, layers }: Sources, from: number, to: number): void {
    columns.fill(null, from, to);
    widths.fill(-1, from, to);
    layers.fill(0, from, to);
}

export function gridOf(
    columns: readonly Column[],
    timeline: Timeline,
    axis: ValueAxis,
    memory: GridMemory = new GridMemory(),
): Grid {
    return memory.update(columns, timeline, axis);
}

/** A merged column shows its mean in each of its slots: the area keeps the count. */
function addCells(column: Column, axis: ValueAxis, grid: Grid, slot: number, width: number): void {
    const { cells, rows } = grid;
    const { buckets, counts } = column;
    let sum = grid.sums[slot] ?? 0;
    for (let i = 0; i < buckets.length; i++) {
        const row = axis.rowOf(buckets[i] ?? 0);
        if (row >= 0) {
            const count = (counts[i] ?? 0) / width;
            const cell = slot * rows + row;
            cells[cell] = (cells[cell] ?? 0) + count;
            sum += count;
        }
    }
    grid.sums[slot] = sum;
}

/**
 * A slot between two known ones is a hole in the data, unless their times almost touch: then a late clock left it out,
 * and it repeats its neighbour. Before the first and after the last there is nothing yet.
 */
function closeHoles(grid: Grid, wanted: Sources, columns: readonly Column[], step: number): void {
    const { states, columns: drawn, slots } = grid;
    let slot = 0;
    let last = slots - 1;
    while (slot < slots && states[slot] === BLANK) {
        slot++;
    }
    while (last > slot && states[last] === BLANK) {
        last--;
    }
    for (slot++; slot < last; slot++) {
        if (states[slot] === BLANK) {
            const before = columns[drawn[slot - 1] ?? -1];
            const after = columns[drawn[slot + 1] ?? -1];
            const touching = before && after && after.t - before.t - before.length < step / 2;
            states[slot] = touching ? (states[slot - 1] ?? PRESENT) : MISSING;
            if (touching) {
                drawn[slot] = drawn[slot - 1] ?? -1;
                wanted.columns[slot] = wanted.columns[slot - 1] ?? null;
                wanted.widths[slot] = wanted.widths[slot - 1] ?? 1;
                wanted.layers[slot] = (wanted.layers[slot - 1] ?? 0) > 1 ? REPEATED : 1;
            }
        }
    }
}
