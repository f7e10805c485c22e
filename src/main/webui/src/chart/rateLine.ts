import type { Column, Timeline } from "./column";
import { drawMarkers, type Marker } from "./decoration";
import { MARGIN } from "./heatmap";
import type { ChartTheme } from "./palette";
import { sizeCanvas } from "./surface";
import { timeTicks } from "./time";
import { formatCount } from "./units";

/** Draws events per second over time, from zero; a hole in the data is a hole in the line. */
export function drawRate(
    canvas: HTMLCanvasElement,
    columns: readonly Column[],
    timeline: Timeline,
    markers: readonly Marker[],
    theme: ChartTheme,
    locale: string,
    width: number,
    height: number,
): void {
    const context = sizeCanvas(canvas, width, height);
    context.translate(MARGIN.left, MARGIN.top);
    const w = Math.max(1, width - MARGIN.left - MARGIN.right);
    const h = Math.max(1, height - MARGIN.top - MARGIN.bottom);
    const rates = columns.map((column) => rateOf(column));
    const top = niceCeiling(Math.max(1, ...rates));
    const span = timeline.step * timeline.slots;
    const y = (rate: number) => h - (rate / top) * h;
    drawScale(context, top, theme, w, h);
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const tick of timeTicks(timeline, w, locale)) {
        context.fillStyle = theme.faint;
        context.fillText(tick.label, Math.min(w - 20, Math.max(20, tick.x)), h + 7);
    }
    for (const piece of unbroken(columns, timeline.step)) {
        const points = piece.map(([column, i]): [number, number] => [
            ((column.t + column.length / 2 - timeline.from) / span) * w,
            y(rates[i] ?? 0),
        ]);
        drawPiece(context, points, h, theme.accent);
    }
    drawMarkers(context, markers, timeline, theme, w, h);
}

/** The columns in runs without a hole, each with its place among all. */
function unbroken(columns: readonly Column[], step: number): [Column, number][][] {
    const pieces: [Column, number][][] = [];
    let previousEnd = -Infinity;
    columns.forEach((column, i) => {
        if (column.t - previousEnd > step * 1.5) {
            pieces.push([]);
        }
        pieces.at(-1)?.push([column, i]);
        previousEnd = column.t + column.length;
    });
    return pieces;
}

function drawPiece(
    context: CanvasRenderingContext2D,
    points: readonly (readonly [number, number])[],
    floor: number,
    colour: string,
): void {
    const line = new Path2D();
    points.forEach(([x, y], i) => (i === 0 ? line.moveTo(x, y) : line.lineTo(x, y)));
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    context.stroke(line);
    const area = new Path2D(line);
    area.lineTo(points.at(-1)?.[0] ?? 0, floor);
    area.lineTo(points[0]?.[0] ?? 0, floor);
    context.globalAlpha = 0.14;
    context.fillStyle = colour;
    context.fill(area);
    context.globalAlpha = 1;
}

export function rateOf(column: Column): number {
    return column.length > 0 ? (column.n * 1000) / column.length : 0;
}

function drawScale(context: CanvasRenderingContext2D, top: number, theme: ChartTheme, w: number, h: number): void {
    context.font = theme.font;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const part of [0, 0.5, 1]) {
        const y = h - part * h;
        context.fillStyle = theme.grid;
        context.fillRect(0, Math.round(y), w, 1);
        context.fillStyle = theme.text;
        context.fillText(part === 0 ? "0" : `${formatCount(top * part)}/s`, -8, y);
    }
}

/** The next 1, 2, 4, 5 or 8 times a power of ten: the half of each is round too. */
export function niceCeiling(value: number): number {
    const power = 10 ** Math.floor(Math.log10(value));
    return ([1, 2, 4, 5, 8, 10].find((factor) => factor * power >= value) ?? 10) * power;
}

/** A line of `width` x `height` through the values, as an SVG path. */
export function sparkline(values: readonly number[], width: number, height: number): string {
    const top = Math.max(1, ...values);
    const step = values.length > 1 ? width / (values.length - 1) : 0;
    return values
        .map((value, i) => {
            const y = height - 1 - (value / top) * (height - 2);
            return `${i === 0 ? "M" : "L"}${(i * step).toFixed(1)} ${y.toFixed(1)}`;
        })
        .join("");
}
