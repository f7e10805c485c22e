import { greatest, least, positionOf } from "./buckets";
import type { Column } from "./column";
import { formatValue, tickLists } from "./units";
import type { Unit } from "../protocol/model";

/** Bucket numbers that must be seen: magnitudes of the positive and negative ones, and whether 0 occurs. */
export interface Domain {
    readonly positive: readonly [number, number] | null;
    readonly zero: boolean;
    readonly negative: readonly [number, number] | null;
}

export interface Row {
    /** Least and greatest bucket number drawn in this row. */
    readonly first: number;
    readonly last: number;
    readonly top: number;
    readonly bottom: number;
}

/** A run of rows without a break: the positive values, zero, or the negative values. */
export interface Segment {
    readonly from: number;
    readonly to: number;
    readonly top: number;
    readonly bottom: number;
}

export interface Tick {
    readonly y: number;
    readonly label: string;
}

const OCTAVE = 8;
const BREAK = 3;
const ZERO_ROW = 9;
const LABEL_GAP = 21;

/** What the columns reach, widened to whole octaves so that the axis rests while values wander. */
export function domainOf(columns: Iterable<Column>): Domain {
    let zero = false;
    const positive: [number, number] = [Infinity, -Infinity];
    const negative: [number, number] = [Infinity, -Infinity];
    for (const column of columns) {
        for (let i = 0; i < column.buckets.length; i++) {
            const bucket = column.buckets[i] ?? 0;
            if (bucket === 0) {
                zero = true;
            } else {
                extend(bucket > 0 ? positive : negative, Math.abs(bucket));
            }
        }
    }
    return { positive: octaves(positive), zero, negative: octaves(negative) };
}

function extend(range: [number, number], value: number): void {
    range[0] = Math.min(range[0], value);
    range[1] = Math.max(range[1], value);
}

function octaves([low, high]: readonly [number, number]): readonly [number, number] | null {
    if (low > high) {
        return null;
    }
    const from = Math.floor(low / OCTAVE) * OCTAVE;
    return [Math.max(1, from), Math.floor(high / OCTAVE) * OCTAVE + OCTAVE - 1];
}

/** The value axis: which buckets share a row, where rows lie, and where a value lies. Pure arithmetic, in pixels. */
export class ValueAxis {
    readonly rows: readonly Row[];
    readonly segments: readonly Segment[];

    constructor(
        readonly domain: Domain,
        readonly height: number,
        minRowHeight = 3,
    ) {
        const rows: Row[] = [];
        const segments: Segment[] = [];
        let bottom = height;
        const add = (fresh: Row[]) => {
            const first = fresh[0];
            const last = fresh.at(-1);
            if (first && last) {
                segments.push({
                    from: rows.length,
                    to: rows.length + fresh.length,
                    top: last.top,
                    bottom: first.bottom,
                });
                rows.push(...fresh);
                bottom = last.top - BREAK;
            }
        };
        const { positive, zero, negative } = domain;
        const parts = Number(positive !== null) + Number(zero) + Number(negative !== null);
        const zeroHeight = parts === 1 ? Math.min(height, 40) : ZERO_ROW;
        const free = height - BREAK * Math.max(0, parts - 1) - (zero ? zeroHeight : 0);
        const size = (range: readonly [number, number] | null) => (range ? range[1] - range[0] + 1 : 0);
        const perBucket = free / Math.max(1, size(positive) + size(negative));
        if (negative) {
            add(rowsOf(negative, bottom, perBucket, minRowHeight, true));
        }
        if (zero) {
            add([{ first: 0, last: 0, top: bottom - zeroHeight, bottom }]);
        }
        if (positive) {
            add(rowsOf(positive, bottom, perBucket, minRowHeight, false));
        }
        this.rows = rows;
        this.segments = segments;
    }

    /** Row of a bucket; -1 when it lies outside. Rows ascend with their buckets. */
    rowOf(bucket: number): number {
        let low = 0;
        let high = this.rows.length - 1;
        while (low <= high) {
            const middle = (low + high) >> 1;
            const row = this.rows[middle] as Row;
            if (bucket < row.first) {
                high = middle - 1;
            } else if (bucket > row.last) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /** Row at a height, or -1 in a break. */
    rowAt(y: number): number {
        return this.rows.findIndex((row) => y >= row.top && y < row.bottom);
    }

    /** Row at or nearest to a height: a drag may end outside. */
    nearestRow(y: number): number {
        const found = this.rowAt(y);
        if (found >= 0 || this.rows.length === 0) {
            return found;
        }
        const distance = (row: Row) => Math.min(Math.abs(row.top - y), Math.abs(row.bottom - y));
        return this.rows.reduce((best, row, i) => (distance(row) < distance(this.rows[best] as Row) ? i : best), 0);
    }

    /** Height of a value; values outside the axis lie on its edge. */
    y(value: number): number {
        const { positive, negative, zero } = this.domain;
        const range = value < 0 ? negative : positive;
        const rows = this.rows.filter((row) => (value < 0 ? row.first < 0 : row.first > 0));
        const low = rows[0];
        const high = rows.at(-1);
        if (!range || !low || !high || (value === 0 && zero)) {
            const row = this.rows[this.rowOf(0)];
            return row ? (row.top + row.bottom) / 2 : this.height;
        }
        const part = (Math.abs(positionOf(value)) - range[0]) / (range[1] + 1 - range[0]);
        const inside = Math.min(1, Math.max(0, part));
        return value < 0 ? high.top + inside * (low.bottom - high.top) : low.bottom - inside * (low.bottom - high.top);
    }

    ticks(unit: Unit): Tick[] {
        const { positive, negative, zero } = this.domain;
        const ticks: Tick[] = zero ? [{ y: this.y(0), label: "0" }] : [];
        if (positive) {
            ticks.push(...this.side(positive, 1, unit));
        }
        if (negative) {
            ticks.push(...this.side(negative, -1, unit));
        }
        return withoutTouching(ticks, 12);
    }

    private side(range: readonly [number, number], sign: 1 | -1, unit: Unit): Tick[] {
        const lists = tickLists(least(range[0]), greatest(range[1]) + 1, unit).map((list) =>
            list.map((value) => ({
                magnitude: value,
                y: this.y(sign * value),
                label: formatValue(sign * value, unit),
            })),
        );
        // Octaves shrink below 16, where a bucket is one value: there single labels give way, not the whole list.
        const fits = lists.filter((list) => {
            const even = list.filter((tick) => tick.magnitude >= 16);
            return even.every((tick, i) => i === 0 || Math.abs(tick.y - (even[i - 1]?.y ?? 0)) >= LABEL_GAP);
        });
        return withoutTouching([...(fits.at(-1) ?? lists[0] ?? [])].reverse(), LABEL_GAP);
    }
}

function rowsOf(
    range: readonly [number, number],
    bottom: number,
    perBucket: number,
    least: number,
    mirrored: boolean,
): Row[] {
    let group = 1;
    while (group < OCTAVE && group * perBucket < least) {
        group *= 2;
    }
    const rows: Row[] = [];
    const height = (buckets: number) => buckets * perBucket;
    const [low, high] = range;
    for (let index = low; index <= high; index = (Math.floor(index / group) + 1) * group) {
        const end = Math.min(high, (Math.floor(index / group) + 1) * group - 1);
        if (mirrored) {
            rows.unshift({ first: -end, last: -index, top: 0, bottom: 0 });
        } else {
            rows.push({ first: index, last: end, top: 0, bottom: 0 });
        }
    }
    let at = bottom;
    return rows.map((row) => {
        const top = at - height(row.last - row.first + 1);
        const placed = { ...row, top, bottom: at };
        at = top;
        return placed;
    });
}

/** Keeps a label only when it is clear of those before it. */
function withoutTouching(ticks: readonly Tick[], gap: number): Tick[] {
    const kept: Tick[] = [];
    for (const tick of ticks) {
        if (kept.every((other) => Math.abs(other.y - tick.y) >= gap)) {
            kept.push(tick);
        }
    }
    return kept;
}
