import type { ValueAxis } from "./axis";
import { greatest, least } from "./buckets";
import type { Column } from "./column";
import type { Grid } from "./grid";
import { quantile, quantileBucket } from "./histogram";
import type { ChartTheme } from "./palette";

export const QUANTILES = [0.5, 0.9, 0.99] as const;

/** Drawn only where a column has enough values for it. */
const RARE = 0.999;
const ALL = [...QUANTILES, RARE];

/** A line through fewer values than this says more about chance than about the program. */
export const FEWEST_FOR_LINE = 20;
export const FEWEST_FOR_RARE = 10_000;

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [1, 4]];

/**
 * Draws the percentiles as lines in neutral with a casing, each with the band of its bucket: the true value lies in it.
 * A line breaks where a column has too few values.
 */
export function drawQuantiles(
    context: CanvasRenderingContext2D,
    columns: readonly Column[],
    axis: ValueAxis,
    grid: Grid,
    width: number,
    theme: ChartTheme,
): void {
    const lines = ALL.map((q) => trace(columns, axis, grid, width, q));
    context.fillStyle = theme.dark ? "rgb(255 255 255 / 0.16)" : "rgb(16 21 28 / 0.13)";
    lines.forEach((line) => context.fill(line.band));
    lines.forEach((line, at) => {
        context.lineJoin = "round";
        context.setLineDash([]);
        context.strokeStyle = theme.dark ? "rgb(0 0 0 / 0.75)" : "rgb(255 255 255 / 0.85)";
        context.lineWidth = 3.5;
        context.stroke(line.path);
        context.setLineDash([...(DASHES[at] ?? [])]);
        context.strokeStyle = theme.dark ? "#ffffff" : "#10151c";
        context.lineWidth = 1.25;
        context.stroke(line.path);
        context.setLineDash([]);
    });
    // Lines may meet; their names stay apart, and above all lines.
    let above = Infinity;
    lines.forEach(({ end }, at) => {
        if (end) {
            above = Math.min(end[1], above - 13);
            drawName(context, `p${Number(((ALL[at] ?? 0) * 100).toFixed(1))}`, [end[0], above], theme);
        }
    });
}

interface Line {
    readonly path: Path2D;
    readonly band: Path2D;
    readonly end: readonly [number, number] | null;
}

function trace(columns: readonly Column[], axis: ValueAxis, grid: Grid, width: number, q: number): Line {
    const path = new Path2D();
    const band = new Path2D();
    const slotWidth = width / grid.slots;
    const fewest = q === RARE ? FEWEST_FOR_RARE : FEWEST_FOR_LINE;
    let drawing = false;
    let end: readonly [number, number] | null = null;
    for (let slot = 0; slot < grid.slots; slot++) {
        const column = columns[grid.columns[slot] ?? -1];
        const histogram =
            column && column.n >= fewest ? { buckets: column.buckets, counts: column.counts, total: column.n } : null;
        const value = histogram && quantile(histogram, q);
        if (value === null) {
            drawing = false;
            continue;
        }
        const x = (slot + 0.5) * slotWidth;
        const y = axis.y(value);
        if (drawing) {
            path.lineTo(x, y);
        } else {
            path.moveTo(x, y);
        }
        const bucket = quantileBucket(histogram as NonNullable<typeof histogram>, q) ?? 0;
        const low = axis.y(least(bucket));
        const high = axis.y(greatest(bucket) + 1);
        if (low - high > 1) {
            band.rect(slot * slotWidth, high, slotWidth, low - high);
        }
        drawing = true;
        end = [x, y];
    }
    return { path, band, end };
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
