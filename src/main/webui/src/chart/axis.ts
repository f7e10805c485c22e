import { greatest, GREATEST_BUCKET, least, positionOf } from "./buckets";
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
const MINOR_GAP = 4;

/** Least and greatest magnitudes of a column's positive and negative buckets; the least is infinite where there are none. */
class Reach {
    zero = false;
    leastPositive = Infinity;
    greatestPositive = -Infinity;
    leastNegative = Infinity;
    greatestNegative = -Infinity;

    include({ buckets }: Column): this {
        for (let i = 0; i < buckets.length; i++) {
            const bucket = buckets[i] ?? 0;
            if (bucket > 0) {
                this.leastPositive = Math.min(this.leastPositive, bucket);
                this.greatestPositive = Math.max(this.greatestPositive, bucket);
            } else if (bucket < 0) {
                this.leastNegative = Math.min(this.leastNegative, -bucket);
                this.greatestNegative = Math.max(this.greatestNegative, -bucket);
            } else {
                this.zero = true;
            }
        }
        return this;
    }

    unite(other: Reach): void {
        this.zero ||= other.zero;
        this.leastPositive = Math.min(this.leastPositive, other.leastPositive);
        this.greatestPositive = Math.max(this.greatestPositive, other.greatestPositive);
        this.leastNegative = Math.min(this.leastNegative, other.leastNegative);
        this.greatestNegative = Math.max(this.greatestNegative, other.greatestNegative);
    }
}

/** Found once for each column: charts look at all their columns in each frame. */
const REACHES = new WeakMap<Column, Reach>();

/** What the columns reach, widened to whole octaves so that the axis rests while values wander. */
export function domainOf(columns: Iterable<Column>): Domain {
    const all = new Reach();
    for (const column of columns) {
        let reach = REACHES.get(column);
        if (!reach) {
            reach = new Reach().include(column);
            REACHES.set(column, reach);
        }
        all.unite(reach);
    }
    return {
        positive: octaves(all.leastPositive, all.greatestPositive),
        zero: all.zero,
        negative: octaves(all.leastNegative, all.greatestNegative),
    };
}

/** The part of a domain between two bucket numbers; the whole when nothing is left. */
export function zoomedDomain(domain: Domain, first: number, last: number): Domain {
    const clip = (range: readonly [number, number] | null, low: number, high: number) => {
        const clipped = [Math.max(range?.[0] ?? 1, low), Math.min(range?.[1] ?? 0, high)] as const;
        return range && clipped[0] <= clipped[1] ? clipped : null;
    };
    const zoomed = {
        positive: clip(domain.positive, Math.max(1, first), last),
        zero: domain.zero && first <= 0 && last >= 0,
        negative: clip(domain.negative, Math.max(1, -last), -first),
    };
    return zoomed.positive || zoomed.zero || zoomed.negative ? zoomed : domain;
}

export function sameDomain(a: Domain, b: Domain): boolean {
    const same = (one: readonly [number, number] | null, other: readonly [number, number] | null) =>
        one?.[0] === other?.[0] && one?.[1] === other?.[1];
    return a.zero === b.zero && same(a.positive, b.positive) && same(a.negative, b.negative);
}

/** Least and greatest bucket number of a domain. */
export function endsOf({ positive, zero, negative }: Domain): readonly [number, number] {
    const low = negative ? -negative[1] : zero ? 0 : (positive?.[0] ?? 0);
    const high = positive ? positive[1] : zero ? 0 : -(negative?.[0] ?? 0);
    return [low, high];
}

function octaves(low: number, high: number): readonly [number, number] | null {
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
    /** Row of each bucket number from the least possible on. */
    private readonly rowOfBucket = new Int16Array(2 * GREATEST_BUCKET + 1).fill(-1);
    /** Top and bottom of all rows of positive values, and of all of negative ones. */
    private readonly above: readonly [number, number] | null;
    private readonly below: readonly [number, number] | null;

    constructor(
        readonly domain: Domain,
        readonly height: number,
        minRowHeight = 2,
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
        rows.forEach((row, i) => this.rowOfBucket.fill(i, row.first + GREATEST_BUCKET, row.last + GREATEST_BUCKET + 1));
        const span = (side: readonly Row[]): readonly [number, number] | null =>
            side.length > 0 ? [side.at(-1)?.top ?? 0, side[0]?.bottom ?? height] : null;
        this.above = span(rows.filter((row) => row.first > 0));
        this.below = span(rows.filter((row) => row.first < 0));
    }

    /** Row of a bucket; -1 when it lies outside. Rows ascend with their buckets. */
    rowOf(bucket: number): number {
        return this.rowOfBucket[bucket + GREATEST_BUCKET] ?? -1;
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
        const span = value < 0 ? this.below : this.above;
        if (!range || !span || (value === 0 && zero)) {
            const row = this.rows[this.rowOf(0)];
            return row ? (row.top + row.bottom) / 2 : this.height;
        }
        const part = (Math.abs(positionOf(value)) - range[0]) / (range[1] + 1 - range[0]);
        const inside = Math.min(1, Math.max(0, part));
        return value < 0 ? span[0] + inside * (span[1] - span[0]) : span[1] - inside * (span[1] - span[0]);
    }

    /** Heights of the powers of two: where the octaves of buckets begin. None where they would touch. */
    minorTicks(): number[] {
        const heights: number[] = [];
        for (const [range, sign] of [
            [this.domain.positive, 1],
            [this.domain.negative, -1],
        ] as const) {
            for (let bucket = OCTAVE; range && bucket <= range[1] + 1; bucket += OCTAVE) {
                if (bucket >= range[0]) {
                    heights.push(this.y(sign * least(bucket)));
                }
            }
        }
        const touching = heights.some((y, i) => i > 0 && Math.abs(y - (heights[i - 1] ?? 0)) < MINOR_GAP);
        return touching ? [] : heights;
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
