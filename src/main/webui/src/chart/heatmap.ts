import { sameDomain, ValueAxis, type Domain, type Tick } from "./axis";
import { Ceiling, ceilingOf, Levels, measureAt, type Clamp, type Scale } from "./colourScale";
import type { Column, Timeline } from "./column";
import { drawGridLines, drawMarkers, Hatches, type Marker } from "./decoration";
import { GridMemory, type Grid } from "./grid";
import { LineRaster } from "./lineRaster";
import { cssColour, greys, LEVELS, ramp, type ChartTheme } from "./palette";
import { drawLineNames, QuantileLines, rasterLines } from "./quantileLines";
import { CellRaster } from "./raster";
import { densityOfScreen, PixelLayer, sizeCanvas } from "./surface";
import { formatCount } from "./units";
import type { Unit } from "../protocol/model";

export const MARGIN = { left: 62, right: 10, top: 8, bottom: 22 };
const COMPACT = { left: 2, right: 2, top: 2, bottom: 2 };

export interface HeatmapModel {
    readonly columns: readonly Column[];
    readonly timeline: Timeline;
    readonly domain: Domain;
    readonly unit: Unit;
    readonly locale: string;
    readonly stale: boolean;
    readonly scale: Scale;
    readonly clamp: Clamp;
    /** Columns of the series in hues, the rest in grey; without any, all values in the colour scale. */
    readonly highlights: readonly (readonly Column[])[];
    readonly markers: readonly Marker[];
    readonly lines: boolean;
    /** Without axes and names, for many small ones side by side. */
    readonly compact: boolean;
    /** The measure of the brightest colour, where several charts share their scale. */
    readonly sharedCeiling?: number;
}

export interface HeatmapLayout {
    readonly width: number;
    readonly height: number;
    readonly axis: ValueAxis;
    readonly grid: Grid;
    /** The measures of the dimmest and the brightest colour. */
    readonly low: number;
    readonly ceiling: number;
    readonly scale: Scale;
}

/**
 * Draws a heat map on its own canvas: raster, axes, hatches and quantile lines. Knows nothing of pointers. What a frame has
 * in common with the one before is moved, not drawn anew; the picture is the one a new painter would draw.
 */
export class HeatmapPainter {
    private readonly ceiling = new Ceiling();
    private readonly levels = new Levels();
    private readonly memory = new GridMemory();
    private readonly highlightMemories: GridMemory[] = [];
    private readonly cells = new CellRaster();
    private readonly cellLayer = new PixelLayer();
    private readonly quantiles = new QuantileLines();
    private readonly lines = new LineRaster();
    private readonly lineLayer = new PixelLayer();
    private readonly hatches = new Hatches();
    private axis: { readonly axis: ValueAxis; readonly minRow: number } | null = null;
    private ticks: {
        readonly axis: ValueAxis;
        readonly unit: Unit;
        readonly all: Tick[];
        readonly minor: number[];
    } | null = null;
    /** Whether the quantile lines have missed a change of the grid. */
    private linesMissed = true;

    constructor(private readonly canvas: HTMLCanvasElement) {}

    /** Another series has other counts: do not wait with the brightness. */
    resetCeiling(): void {
        this.ceiling.reset();
    }

    draw(model: HeatmapModel, theme: ChartTheme, width: number, height: number): HeatmapLayout {
        const context = sizeCanvas(this.canvas, width, height);
        const margin = model.compact ? COMPACT : MARGIN;
        const plotWidth = Math.max(1, width - margin.left - margin.right);
        const plotHeight = Math.max(1, height - margin.top - margin.bottom);
        const density = densityOfScreen();
        const axis = this.axisFor(model.domain, plotHeight);
        const grid = this.memory.update(model.columns, model.timeline, axis);
        const ceiling = model.clamp.high ?? this.ceilingFor(model, grid);
        const low = Math.min(model.clamp.low ?? 0, ceiling);
        const layout = { width: plotWidth, height: plotHeight, axis, grid, low, ceiling, scale: model.scale };
        context.save();
        context.translate(margin.left, margin.top);
        if (!model.compact) {
            const { all, minor } = this.ticksFor(axis, model.unit);
            drawGridLines(context, all, minor, model.timeline, model.locale, theme, plotWidth, plotHeight);
        }
        context.globalAlpha = model.stale ? 0.45 : 1;
        this.drawCells(context, model, layout, theme);
        context.globalAlpha = 1;
        this.hatches.draw(context, grid, theme, density, plotWidth, plotHeight);
        if (model.lines) {
            const heights = this.quantiles.update(model.columns, axis, grid, this.linesMissed);
            this.lineLayer.resize(Math.round(plotWidth * density), Math.round(plotHeight * density), this.lines);
            rasterLines(this.lines, heights, density, theme.dark);
            this.drawLines(context, Math.round(margin.left * density), Math.round(margin.top * density));
            drawLineNames(context, heights, plotWidth / grid.slots, theme);
        }
        this.linesMissed = !model.lines;
        drawMarkers(context, model.markers, model.timeline, theme, plotWidth, plotHeight);
        context.restore();
        return layout;
    }

    private ceilingFor({ sharedCeiling, scale }: HeatmapModel, grid: Grid): number {
        const now = performance.now();
        return this.ceiling.isDue(now)
            ? this.ceiling.update(sharedCeiling ?? ceilingOf(grid, scale), now)
            : this.ceiling.current;
    }

    /** At least two pixels of the screen for each row. */
    private axisFor(domain: Domain, height: number): ValueAxis {
        const minRow = 2 / Math.min(2, densityOfScreen());
        const known = this.axis;
        if (known && known.axis.height === height && known.minRow === minRow && sameDomain(known.axis.domain, domain)) {
            return known.axis;
        }
        this.axis = { axis: new ValueAxis(domain, height, minRow), minRow };
        return this.axis.axis;
    }

    private ticksFor(axis: ValueAxis, unit: Unit): { readonly all: Tick[]; readonly minor: number[] } {
        if (this.ticks?.axis !== axis || this.ticks.unit !== unit) {
            this.ticks = { axis, unit, all: axis.ticks(unit), minor: axis.minorTicks() };
        }
        return this.ticks;
    }

    private drawCells(
        context: CanvasRenderingContext2D,
        model: HeatmapModel,
        layout: HeatmapLayout,
        theme: ChartTheme,
    ): void {
        const { grid, axis, low, ceiling, scale, width } = layout;
        const levels = this.levels.prepare(grid, scale, low, ceiling);
        const highlights = model.highlights.map((columns, i) =>
            (this.highlightMemories[i] ??= new GridMemory()).update(columns, model.timeline, axis),
        );
        this.cellLayer.resize(grid.slots, grid.rows, this.cells);
        this.cells.update(grid, highlights, levels, theme.dark);
        const layer = this.cellLayer.show(0, grid.rows);
        if (layer) {
            context.imageSmoothingEnabled = false;
            for (const { from, to, top, bottom } of axis.segments) {
                context.drawImage(layer, 0, grid.rows - to, grid.slots, to - from, 0, top, width, bottom - top);
            }
        }
    }

    /** The lines are as sharp as the screen: they are not scaled. */
    private drawLines(context: CanvasRenderingContext2D, left: number, above: number): void {
        const { top, bottom, width } = this.lines;
        const layer = this.lineLayer.show(top, bottom);
        if (layer) {
            context.save();
            context.setTransform(1, 0, 0, 1, left, above);
            context.drawImage(layer, 0, top, width, bottom - top, 0, top, width, bottom - top);
            context.restore();
        }
    }
}

export interface LegendStop {
    readonly part: number;
    readonly label: string;
}

/** Three labelled measures along the colour scale: what a colour means. */
export function legendStops(low: number, ceiling: number, scale: Scale): LegendStop[] {
    if (scale === "rank") {
        return [
            { part: 0, label: "0 %" },
            { part: 0.5, label: "50 %" },
            { part: 1, label: "100 %" },
        ];
    }
    if (scale === "share") {
        return [0, 0.5, 1].map((part) => ({
            part,
            label: `${part === 1 ? "≥ " : ""}${Number((measureAt(part, low, ceiling, scale) * 100).toPrecision(2))} %`,
        }));
    }
    const least = Math.max(1, low);
    const middle = Math.round(measureAt(0.5, low, ceiling, scale));
    return [
        {
            part: low > 1 ? 0 : partOf(1, ceiling, scale),
            label: (low > 1 ? "≤ " : "") + formatCount(Math.round(least)),
        },
        ...(ceiling >= 8 && middle > least ? [{ part: 0.5, label: formatCount(middle) }] : []),
        ...(ceiling >= 2 ? [{ part: 1, label: "≥ " + formatCount(Math.round(ceiling)) }] : []),
    ];
}

function partOf(count: number, ceiling: number, scale: Scale): number {
    return scale === "log" ? Math.log1p(count) / Math.log1p(ceiling) : Math.min(1, count / ceiling);
}

export function legendGradient(dark: boolean, grey = false): string {
    const colours = grey ? greys(dark) : ramp(dark);
    const stops = Array.from({ length: 9 }, (_, i) => cssColour(colours[Math.round((i / 8) * (LEVELS - 1))] ?? 0));
    return `linear-gradient(to right, ${stops.join(", ")})`;
}
