import { ValueAxis, type Domain, type Tick } from "./axis";
import type { Column, Timeline } from "./column";
import { Ceiling, ceilingOf, gridOf, LOSSY, MISSING, paint, type Grid } from "./grid";
import { quantile } from "./histogram";
import { cssColour, LEVELS, ramp, type ChartTheme } from "./palette";
import { sizeCanvas } from "./surface";
import { timeTicks } from "./time";
import { formatCount } from "./units";
import type { Unit } from "../protocol/model";

export const MARGIN = { left: 62, right: 10, top: 8, bottom: 22 };
export const QUANTILES = [0.5, 0.9, 0.99] as const;

/** A line through fewer values than this says more about chance than about the program. */
export const FEWEST_FOR_LINE = 20;

export interface HeatmapModel {
    readonly columns: readonly Column[];
    readonly timeline: Timeline;
    readonly domain: Domain;
    readonly unit: Unit;
    readonly locale: string;
    readonly stale: boolean;
}

export interface HeatmapLayout {
    readonly width: number;
    readonly height: number;
    readonly axis: ValueAxis;
    readonly grid: Grid;
    readonly ceiling: number;
}

/** Draws a heat map on its own canvas: raster, axes, hatches and quantile lines. Knows nothing of pointers. */
export class HeatmapPainter {
    private readonly ceiling = new Ceiling();
    private readonly raster = document.createElement("canvas");

    constructor(private readonly canvas: HTMLCanvasElement) {}

    /** Another series has other counts: do not wait with the brightness. */
    resetCeiling(): void {
        this.ceiling.reset();
    }

    draw(model: HeatmapModel, theme: ChartTheme, width: number, height: number): HeatmapLayout {
        const context = sizeCanvas(this.canvas, width, height);
        const plotWidth = Math.max(1, width - MARGIN.left - MARGIN.right);
        const plotHeight = Math.max(1, height - MARGIN.top - MARGIN.bottom);
        const axis = new ValueAxis(model.domain, plotHeight);
        const grid = gridOf(model.columns, model.timeline, axis);
        const ceiling = this.ceiling.update(ceilingOf(grid.cells), performance.now());
        const layout = { width: plotWidth, height: plotHeight, axis, grid, ceiling };
        context.save();
        context.translate(MARGIN.left, MARGIN.top);
        drawGridLines(context, axis.ticks(model.unit), model, theme, plotWidth, plotHeight);
        context.globalAlpha = model.stale ? 0.45 : 1;
        this.drawRaster(context, layout, theme);
        context.globalAlpha = 1;
        drawHatches(context, layout, theme);
        drawQuantiles(context, model, layout, theme);
        context.restore();
        return layout;
    }

    private drawRaster(context: CanvasRenderingContext2D, layout: HeatmapLayout, theme: ChartTheme): void {
        const { grid, axis, ceiling, width } = layout;
        if (grid.rows === 0) {
            return;
        }
        const pixels = paint(grid, ceiling, ramp(theme.dark));
        this.raster.width = grid.slots;
        this.raster.height = grid.rows;
        const bytes = new Uint8ClampedArray(pixels.buffer as ArrayBuffer);
        this.raster.getContext("2d")?.putImageData(new ImageData(bytes, grid.slots, grid.rows), 0, 0);
        context.imageSmoothingEnabled = false;
        for (const { from, to, top, bottom } of axis.segments) {
            context.drawImage(this.raster, 0, grid.rows - to, grid.slots, to - from, 0, top, width, bottom - top);
        }
    }
}

function drawGridLines(
    context: CanvasRenderingContext2D,
    ticks: readonly Tick[],
    model: HeatmapModel,
    theme: ChartTheme,
    width: number,
    height: number,
): void {
    context.font = theme.font;
    context.textBaseline = "middle";
    context.textAlign = "right";
    for (const { y, label } of ticks) {
        context.fillStyle = theme.grid;
        context.fillRect(0, Math.round(y), width, 1);
        context.fillStyle = theme.text;
        context.fillText(label, -8, y);
    }
    context.textBaseline = "top";
    context.textAlign = "center";
    for (const { x, label } of timeTicks(model.timeline, width, model.locale)) {
        context.fillStyle = theme.grid;
        context.fillRect(Math.round(x), 0, 1, height);
        context.fillStyle = theme.faint;
        context.fillText(label, Math.min(width - 20, Math.max(20, x)), height + 7);
    }
}

/** Pattern, not only colour: dense strokes where there are no data, sparse ones where some were lost. */
function drawHatches(context: CanvasRenderingContext2D, layout: HeatmapLayout, theme: ChartTheme): void {
    const { grid, width, height } = layout;
    const slotWidth = width / grid.slots;
    let slot = 0;
    while (slot < grid.slots) {
        const state = grid.states[slot];
        let end = slot + 1;
        while (end < grid.slots && grid.states[end] === state) {
            end++;
        }
        if (state === MISSING || state === LOSSY) {
            hatch(context, slot * slotWidth, (end - slot) * slotWidth, height, theme.hatch, state === MISSING ? 6 : 12);
        }
        slot = end;
    }
}

function hatch(
    context: CanvasRenderingContext2D,
    left: number,
    width: number,
    height: number,
    colour: string,
    stride: number,
): void {
    context.save();
    context.beginPath();
    context.rect(left, 0, width, height);
    context.clip();
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = Math.floor(left / stride) * stride - height; x < left + width; x += stride) {
        context.moveTo(x, height);
        context.lineTo(x + height, 0);
    }
    context.stroke();
    context.restore();
}

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3]];

function drawQuantiles(
    context: CanvasRenderingContext2D,
    model: HeatmapModel,
    layout: HeatmapLayout,
    theme: ChartTheme,
): void {
    const ends: ([number, number] | null)[] = [];
    QUANTILES.forEach((q, at) => {
        const path = new Path2D();
        ends.push(tracePath(path, model, layout, q));
        context.lineJoin = "round";
        context.setLineDash([]);
        context.strokeStyle = theme.dark ? "rgb(0 0 0 / 0.75)" : "rgb(255 255 255 / 0.85)";
        context.lineWidth = 3.5;
        context.stroke(path);
        context.setLineDash([...(DASHES[at] ?? [])]);
        context.strokeStyle = theme.dark ? "#ffffff" : "#10151c";
        context.lineWidth = 1.25;
        context.stroke(path);
        context.setLineDash([]);
    });
    // Lines may meet; their names stay apart, and above all lines.
    let above = Infinity;
    QUANTILES.forEach((q, at) => {
        const end = ends[at];
        if (end) {
            above = Math.min(end[1], above - 13);
            drawLineName(context, `p${Math.round(q * 100)}`, [end[0], above], theme);
        }
    });
}

/** Adds one quantile's line, broken where a column has too few values; gives its last point. */
function tracePath(path: Path2D, model: HeatmapModel, layout: HeatmapLayout, q: number): [number, number] | null {
    const { axis, grid, width } = layout;
    const slotWidth = width / grid.slots;
    let drawing = false;
    let end: [number, number] | null = null;
    for (let slot = 0; slot < grid.slots; slot++) {
        const column = model.columns[grid.columns[slot] ?? -1];
        const value =
            column && column.n >= FEWEST_FOR_LINE
                ? quantile({ buckets: column.buckets, counts: column.counts, total: column.n }, q)
                : null;
        if (value === null) {
            drawing = false;
            continue;
        }
        const point: [number, number] = [(slot + 0.5) * slotWidth, axis.y(value)];
        if (drawing) {
            path.lineTo(...point);
        } else {
            path.moveTo(...point);
        }
        drawing = true;
        end = point;
    }
    return end;
}

function drawLineName(
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

/** Three labelled counts along the colour scale: what a colour means. */
export function legendStops(ceiling: number): { readonly part: number; readonly label: string }[] {
    const middle = Math.expm1(Math.log1p(ceiling) / 2);
    return [
        { part: Math.log1p(1) / Math.log1p(ceiling), label: "1" },
        ...(ceiling >= 8 ? [{ part: 0.5, label: formatCount(Math.round(middle)) }] : []),
        ...(ceiling >= 2 ? [{ part: 1, label: "≥ " + formatCount(Math.round(ceiling)) }] : []),
    ];
}

export function legendGradient(dark: boolean): string {
    const colours = ramp(dark);
    const stops = Array.from({ length: 9 }, (_, i) => cssColour(colours[Math.round((i / 8) * (LEVELS - 1))] ?? 0));
    return `linear-gradient(to right, ${stops.join(", ")})`;
}
