import type { Grid } from "./grid";
import { LEVELS } from "./palette";

/**
 * What a colour says: the logarithm of the count, the count, the part of the column, or the place among all cells.
 * The logarithm shows a few beside a million; ranks show structure where one count outweighs all.
 */
export const SCALES = ["log", "linear", "share", "rank"] as const;
export type Scale = (typeof SCALES)[number];

/** Where a person has clamped the scale, in the scale's own measure; null follows the data. */
export interface Clamp {
    readonly low: number | null;
    readonly high: number | null;
}

export const NO_CLAMP: Clamp = { low: null, high: null };

const TELLING = 0.995;
const SAMPLE = 6_000;

/**
 * The measure at the 99.5th percentile of the cells that are not empty: one outlier must not dim the rest. Of large
 * grids every nth cell is looked at.
 */
export function ceilingOf(grid: Grid, scale: Scale): number {
    const found = measures(grid, scale);
    const least = scale === "share" ? 1e-6 : 1;
    return Math.max(least, found[Math.min(found.length - 1, Math.floor(found.length * TELLING))] ?? least);
}

/** The measures of the filled cells, ascending. */
function measures({ cells, sums, slots, rows }: Grid, scale: Scale): Float32Array {
    const stride = Math.max(1, Math.floor(cells.length / SAMPLE));
    // Not a multiple of the rows: each sampled column would show the same rows.
    const step = stride > 1 && rows % stride === 0 ? stride + 1 : stride;
    const found = new Float32Array(Math.ceil(cells.length / step));
    let size = 0;
    for (let cell = 0; cell < slots * rows; cell += step) {
        const count = cells[cell] ?? 0;
        if (count > 0) {
            found[size++] = scale === "share" ? count / (sums[Math.floor(cell / rows)] || 1) : count;
        }
    }
    return found.subarray(0, size).sort();
}

const REST_MILLIS = 2000;
const LOOK_MILLIS = 250;
const TOLERANCE = 0.2;

/** Holds the brightest measure still: it follows only changes over a fifth, and at most every two seconds. */
export class Ceiling {
    private value = 0;
    private changedAt = -Infinity;
    private askedAt = -Infinity;

    /** Whether to look for a new target: finding one is work, and it could not change anything yet. */
    isDue(now: number): boolean {
        const due = now - this.changedAt >= REST_MILLIS && now - this.askedAt >= LOOK_MILLIS;
        if (this.value === 0 || due) {
            this.askedAt = now;
            return true;
        }
        return false;
    }

    get current(): number {
        return this.value;
    }

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

/** Brightness of a measure between two others, 0 to 1. */
export function intensity(measure: number, low: number, high: number, scale: Scale): number {
    const [value, from, to] =
        scale === "log" ? [Math.log1p(measure), Math.log1p(low), Math.log1p(high)] : [measure, low, high];
    return to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 1;
}

/** The measure that has a brightness: what to write under the legend. */
export function measureAt(part: number, low: number, high: number, scale: Scale): number {
    if (scale === "log") {
        return Math.expm1(Math.log1p(low) + part * (Math.log1p(high) - Math.log1p(low)));
    }
    return low + part * (high - low);
}

const TABLE = 1024;

/** Turns counts into levels of the colour table; small whole counts, which are most, through a table of their own. */
export class Levels {
    /** Another number, another meaning of the levels. */
    version = 0;
    private readonly table = new Uint8Array(TABLE);
    private ranks: Float32Array = new Float32Array(0);

    constructor(
        private scale: Scale = "log",
        private low = 0,
        private high = 1,
    ) {}

    prepare(grid: Grid, scale: Scale, low: number, high: number): this {
        const same = this.version > 0 && scale === this.scale && low === this.low && high === this.high;
        if (same && scale !== "rank") {
            return this;
        }
        [this.scale, this.low, this.high] = [scale, low, high];
        this.version++;
        if (scale === "rank") {
            this.ranks = measures(grid, scale);
        }
        for (let count = 0; count < TABLE; count++) {
            this.table[count] = scale === "rank" ? this.rank(count) : this.compute(count);
        }
        return this;
    }

    /** Level of a count in a column that holds `sum` values, for counts over 0. */
    of(count: number, sum: number): number {
        if (this.scale === "share") {
            return this.compute(count / (sum || 1));
        }
        if (count < TABLE && count === (count | 0)) {
            return this.table[count] ?? 0;
        }
        return this.scale === "rank" ? this.rank(count) : this.compute(count);
    }

    private compute(measure: number): number {
        return Math.round(intensity(measure, this.low, this.high, this.scale) * (LEVELS - 1));
    }

    private rank(count: number): number {
        let low = 0;
        let high = this.ranks.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if ((this.ranks[middle] ?? 0) < count) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return this.ranks.length > 1 ? Math.round((low / (this.ranks.length - 1)) * (LEVELS - 1)) : LEVELS - 1;
    }
}
