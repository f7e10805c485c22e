import type { ValueAxis } from "./axis";
import { MARGIN } from "./heatmap";
import { quantile, type Histogram } from "./histogram";
import { cssColour, ramp, type ChartTheme } from "./palette";
import { QUANTILES } from "./quantileLines";
import { sizeCanvas } from "./surface";
import { formatCount } from "./units";

/** Room for the names of quantiles right of the longest bar. */
const LABELS = 34;

/**
 * Draws a lying histogram whose rows are those of the heat map beside it. With a selection, its part is solid and the
 * whole is an outline.
 */
export function drawBars(
    canvas: HTMLCanvasElement,
    axis: ValueAxis,
    whole: Histogram,
    part: Histogram | null,
    theme: ChartTheme,
    width: number,
    height: number,
): void {
    const context = sizeCanvas(canvas, width, height);
    context.translate(0, MARGIN.top);
    const room = Math.max(1, width - LABELS);
    const sums = rowSums(axis, whole);
    const top = Math.max(1, ...sums);
    const colour = cssColour(ramp(theme.dark)[theme.dark ? 128 : 140] ?? 0);
    const solid = part ? rowSums(axis, part) : sums;
    const solidTop = Math.max(1, ...solid);
    axis.rows.forEach((row, i) => {
        const h = Math.max(1, row.bottom - row.top - (row.bottom - row.top > 2.5 ? 0.75 : 0));
        if (part) {
            context.fillStyle = theme.grid;
            context.fillRect(0, row.top, ((sums[i] ?? 0) / top) * room, h);
        }
        context.fillStyle = colour;
        const length = ((solid[i] ?? 0) / (part ? solidTop : top)) * room;
        context.fillRect(0, row.top, (solid[i] ?? 0) > 0 ? Math.max(1, length) : 0, h);
    });
    drawScale(context, part ? solidTop : top, axis.height, theme, room);
    drawMarks(context, axis, part ?? whole, theme, width);
    context.fillStyle = theme.grid;
    context.fillRect(0, 0, 1, axis.height);
}

export function rowSums(axis: ValueAxis, histogram: Histogram): number[] {
    const sums = new Array<number>(axis.rows.length).fill(0);
    for (let i = 0; i < histogram.buckets.length; i++) {
        const row = axis.rowOf(histogram.buckets[i] ?? 0);
        if (row >= 0) {
            sums[row] = (sums[row] ?? 0) + (histogram.counts[i] ?? 0);
        }
    }
    return sums;
}

/** The longest bar's count under its end: the scale of lengths. */
function drawScale(
    context: CanvasRenderingContext2D,
    top: number,
    height: number,
    theme: ChartTheme,
    room: number,
): void {
    context.font = theme.font;
    context.fillStyle = theme.faint;
    context.textBaseline = "top";
    context.textAlign = "left";
    context.fillText("0", 1, height + 7);
    context.textAlign = "center";
    context.fillText(formatCount(top), room, height + 7);
    context.fillStyle = theme.grid;
    context.fillRect(Math.round(room), 0, 1, height);
}

function drawMarks(
    context: CanvasRenderingContext2D,
    axis: ValueAxis,
    histogram: Histogram,
    theme: ChartTheme,
    width: number,
): void {
    context.font = theme.font;
    context.textAlign = "right";
    context.textBaseline = "bottom";
    let lastY = Infinity;
    for (const q of QUANTILES) {
        const value = quantile(histogram, q);
        if (value !== null) {
            const y = Math.round(axis.y(value));
            context.strokeStyle = theme.faint;
            context.setLineDash([2, 3]);
            context.beginPath();
            context.moveTo(0, y + 0.5);
            context.lineTo(width, y + 0.5);
            context.stroke();
            context.setLineDash([]);
            if (lastY - y >= 12) {
                context.fillStyle = theme.faint;
                context.fillText(`p${Math.round(q * 100)}`, width - 4, Math.max(10, y - 1));
                lastY = y;
            }
        }
    }
}
