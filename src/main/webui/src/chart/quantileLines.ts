import type { ValueAxis } from "./axis";
import { bucketOf, greatest, least } from "./buckets";
import type { Column } from "./column";
import type { Grid } from "./grid";
import type { LineRaster } from "./lineRaster";
import type { ChartTheme } from "./palette";

export const QUANTILES = [0.5, 0.9, 0.99] as const;

/** Drawn only where a column has enough values for it. */
const RARE = 0.999;
const ALL = [...QUANTILES, RARE];
const NAMES = ALL.map((quantile) => `p${Number((quantile * 100).toFixed(1))}`);

/** A line through fewer values than this says more about chance than about the program. */
export const FEWEST_FOR_LINE = 20;
export const FEWEST_FOR_RARE = 10_000;

/** Pixels drawn and left out; the first is solid. */
const DASHES: readonly (readonly [number, number])[] = [
    [1, 0],
    [7, 4],
    [3, 3],
    [1, 4],
];

/** Half of the least height of a band, so that a line has a casing where buckets are thin. */
const CASING = 1.75;
const THICKNESS = 1.25;

/** The heights of one line in each slot, in pixels of the page; NaN where a column has too few values. */
export interface LineHeights {
    readonly y: Float32Array;
    readonly top: Float32Array;
    readonly bottom: Float32Array;
}

/**
 * The percentiles as lines in neutral, each in the band of its bucket, which is its casing too: the true value lies in it.
 * A line breaks where a column has too few values. Heights are computed once for each column and move with the grid.
 */
export class QuantileLines {
    private heights: readonly LineHeights[] = [];
    private axis: ValueAxis | null = null;
    private readonly values = new Float64Array(ALL.length);

    /** Brings the heights up to the grid; `missed` when it may have changed more than once since. */
    update(columns: readonly Column[], axis: ValueAxis, grid: Grid, missed: boolean): readonly LineHeights[] {
        const { slots, shift, fresh } = grid;
        const kept = !missed && axis === this.axis && this.heights[0]?.y.length === slots;
        this.axis = axis;
        if (this.heights[0]?.y.length !== slots) {
            this.heights = ALL.map(() => ({
                y: new Float32Array(slots),
                top: new Float32Array(slots),
                bottom: new Float32Array(slots),
            }));
        } else if (kept && shift !== 0) {
            const [to, from] = shift > 0 ? [0, shift] : [-shift, 0];
            for (const { y, top, bottom } of this.heights) {
                y.copyWithin(to, from, slots - to);
                top.copyWithin(to, from, slots - to);
                bottom.copyWithin(to, from, slots - to);
            }
        }
        for (let slot = 0; slot < slots; slot++) {
            if (!kept || fresh[slot] === 1) {
                this.place(slot, columns[grid.columns[slot] ?? -1], axis);
            }
        }
        return this.heights;
    }

    private place(slot: number, column: Column | undefined, axis: ValueAxis): void {
        const n = column?.n ?? 0;
        if (column && n >= FEWEST_FOR_LINE) {
            quantilesOf(column, this.values);
        }
        for (let at = 0; at < ALL.length; at++) {
            const { y, top, bottom } = this.heights[at] as LineHeights;
            const enough = n >= (ALL[at] === RARE ? FEWEST_FOR_RARE : FEWEST_FOR_LINE);
            const value = this.values[at] ?? 0;
            const height = enough ? axis.y(value) : NaN;
            const bucket = bucketOf(Math.round(value));
            y[slot] = height;
            top[slot] = enough ? Math.min(axis.y(greatest(bucket) + 1), height - CASING) : NaN;
            bottom[slot] = enough ? Math.max(axis.y(least(bucket)), height + CASING) : NaN;
        }
    }
}

/** Draws the lines into a raster of their own; `density` device pixels for each of the page. */
export function rasterLines(raster: LineRaster, heights: readonly LineHeights[], density: number, dark: boolean): void {
    raster.begin(dark);
    heights.forEach(({ top, bottom }) => raster.bands(top, bottom, density));
    heights.forEach(({ y }, at) => {
        const [on, off] = DASHES[at] ?? [1, 0];
        raster.line(y, density, (THICKNESS * density) / 2, on * density, off * density);
    });
}

/** Names at the right ends of the lines. Lines may meet; their names stay apart, and above all lines. */
export function drawLineNames(
    context: CanvasRenderingContext2D,
    heights: readonly LineHeights[],
    slotWidth: number,
    theme: ChartTheme,
): void {
    let above = Infinity;
    heights.forEach(({ y }, at) => {
        let slot = y.length - 1;
        while (slot >= 0 && Number.isNaN(y[slot])) {
            slot--;
        }
        if (slot >= 0) {
            above = Math.min(y[slot] ?? 0, above - 13);
            drawName(context, NAMES[at] ?? "", (slot + 0.5) * slotWidth, above, theme);
        }
    });
}

/** All quantiles of a column in one walk over its buckets; the same numbers as `quantile` gives one by one. */
export function quantilesOf(column: Column, into: Float64Array): void {
    const { buckets, counts, n } = column;
    const last = buckets.length - 1;
    let before = 0;
    let at = 0;
    for (let i = 0; i < ALL.length; i++) {
        const rank = (ALL[i] ?? 0) * n;
        while (at < last && before + (counts[at] ?? 0) < rank) {
            before += counts[at++] ?? 0;
        }
        const bucket = buckets[at] ?? 0;
        const part = Math.min(1, Math.max(0, (rank - before) / (counts[at] ?? 1)));
        const low = least(bucket);
        into[i] = low + part * (greatest(bucket) - low);
    }
}

function drawName(context: CanvasRenderingContext2D, name: string, x: number, y: number, theme: ChartTheme): void {
    context.font = theme.font;
    context.textAlign = "right";
    context.textBaseline = "bottom";
    context.strokeStyle = theme.dark ? "rgb(0 0 0 / 0.8)" : "rgb(255 255 255 / 0.9)";
    context.lineWidth = 3;
    context.strokeText(name, x, Math.max(12, y - 2));
    context.fillStyle = theme.dark ? "#ffffff" : "#10151c";
    context.fillText(name, x, Math.max(12, y - 2));
}
