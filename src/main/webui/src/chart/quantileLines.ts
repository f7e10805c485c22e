import type { ValueAxis } from "./axis";
import { bucketOf, greatest, least } from "./buckets";
import type { Column } from "./column";
import type { Grid } from "./grid";
import type { ChartTheme } from "./palette";

export const QUANTILES = [0.5, 0.9, 0.99] as const;

/** Drawn only where a column has enough values for it. */
const RARE = 0.999;
const ALL = [...QUANTILES, RARE];

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

/**
 * Draws the percentiles as lines in neutral, each in the band of its bucket, which is its casing too: the true value lies in
 * it. A line breaks where a column has too few values.
 */
export function drawQuantiles(
    context: CanvasRenderingContext2D,
    columns: readonly Column[],
    axis: ValueAxis,
    grid: Grid,
    width: number,
    theme: ChartTheme,
): void {
    const slotWidth = width / grid.slots;
    const band = new Path2D();
    const lines = ALL.map((_, at) => new Line(band, slotWidth, DASHES[at] ?? [1, 0]));
    const values = new Float64Array(ALL.length);
    for (let slot = 0; slot < grid.slots; slot++) {
        const column = columns[grid.columns[slot] ?? -1];
        const n = column?.n ?? 0;
        if (column && n >= FEWEST_FOR_LINE) {
            quantilesOf(column, values);
        }
        for (let at = 0; at < lines.length; at++) {
            const enough = n >= (ALL[at] === RARE ? FEWEST_FOR_RARE : FEWEST_FOR_LINE);
            lines[at]?.add(slot, enough ? (values[at] ?? 0) : null, axis);
        }
    }
    lines.forEach((line) => line.finish());
    context.fillStyle = theme.dark ? "rgb(0 0 0 / 0.5)" : "rgb(255 255 255 / 0.62)";
    context.fill(band);
    context.lineJoin = "bevel";
    context.strokeStyle = theme.dark ? "#ffffff" : "#10151c";
    context.lineWidth = 1.25;
    lines.forEach((line) => context.stroke(line.path));
    // Lines may meet; their names stay apart, and above all lines.
    let above = Infinity;
    lines.forEach(({ end }, at) => {
        if (end) {
            above = Math.min(end[1], above - 13);
            drawName(context, `p${Number(((ALL[at] ?? 0) * 100).toFixed(1))}`, [end[0], above], theme);
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

/** Half of the least height of a band, so that a line has a casing where buckets are thin. */
const CASING = 1.75;

/** One percentile from left to right. Dashes are left out of the path itself: a browser takes far longer to dash a line. */
class Line {
    readonly path = new Path2D();
    end: readonly [number, number] | null = null;
    private drawing = false;
    private bandFrom = 0;
    private bandTo = 0;
    private bandTop = 0;
    private bandBottom = 0;

    constructor(
        private readonly band: Path2D,
        private readonly slotWidth: number,
        private readonly dash: readonly [number, number],
    ) {}

    add(slot: number, value: number | null, axis: ValueAxis): void {
        if (value === null) {
            this.drawing = false;
            return;
        }
        const x = (slot + 0.5) * this.slotWidth;
        const y = axis.y(value);
        const [on, off] = this.dash;
        if (!this.drawing || x % (on + off) >= on) {
            this.path.moveTo(x, y);
        } else {
            this.path.lineTo(x, y);
        }
        this.drawing = true;
        this.end = [x, y];
        const bucket = bucketOf(Math.round(value));
        const top = Math.min(axis.y(greatest(bucket) + 1), y - CASING);
        const bottom = Math.max(axis.y(least(bucket)), y + CASING);
        // Columns beside one another with the same band are one rectangle.
        if (this.bandTo === slot && Math.abs(top - this.bandTop) < 0.5 && Math.abs(bottom - this.bandBottom) < 0.5) {
            this.bandTo = slot + 1;
        } else {
            this.finish();
            [this.bandFrom, this.bandTo, this.bandTop, this.bandBottom] = [slot, slot + 1, top, bottom];
        }
    }

    finish(): void {
        const [left, right] = [this.bandFrom * this.slotWidth, this.bandTo * this.slotWidth];
        if (right > left) {
            this.band.rect(left, this.bandTop, right - left, this.bandBottom - this.bandTop);
        }
    }
}

function drawName(
    context: CanvasRenderingContext2D,
    name: string,
    [x, y]: readonly [number, number],
    theme: ChartTheme,
): void {
    context.font = theme.font;
    context.textAlign = "right";
    context.textBaseline = "bottom";
    context.strokeStyle = theme.dark ? "rgb(0 0 0 / 0.8)" : "rgb(255 255 255 / 0.9)";
    context.lineWidth = 3;
    context.strokeText(name, x, Math.max(12, y - 2));
    context.fillStyle = theme.dark ? "#ffffff" : "#10151c";
    context.fillText(name, x, Math.max(12, y - 2));
}
