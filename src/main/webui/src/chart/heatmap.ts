import { sameDomain, ValueAxis, type Domain } from "./axis";
import { Ceiling, ceilingOf, Levels, measureAt, type Clamp, type Scale } from "./colourScale";
import type { Column, Timeline } from "./column";
import { drawGridLines, drawHatches, drawMarkers, type Marker } from "./decoration";
import { GridMemory, gridOf, type Grid } from "./grid";
import { cssColour, greys, LEVELS, ramp, type ChartTheme } from "./palette";
import { drawQuantiles } from "./quantileLines";
import { paint, paintHighlights } from "./raster";
import { sizeCanvas } from "./surface";
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

/** Draws a heat map on its own canvas: raster, axes, hatches and quantile lines. Knows nothing of pointers. */
export class HeatmapPainter {
    private readonly ceiling = new Ceiling();
    private readonly levels = new Levels();
    private readonly memory = new GridMemory();
    private readonly highlightMemories: GridMemory[] = [];
    private readonly raster = document.createElement("canvas");
    private readonly rasterContext = this.raster.getContext("2d");
    private axis: { readonly axis: ValueAxis; readonly minRow: number } | null = null;
    private image: ImageData | null = null;
    private pixels = new Uint32Array(0);

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
        const axis = this.axisFor(model.domain, plotHeight);
        const grid = gridOf(model.columns, model.timeline, axis, this.memory);
        const ceiling = model.clamp.high ?? this.ceilingFor(model, grid);
        const low = Math.min(model.clamp.low ?? 0, ceiling);
        const layout = { width: plotWidth, height: plotHeight, axis, grid, low, ceiling, scale: model.scale };
        context.save();
        context.translate(margin.left, margin.top);
        if (!model.compact) {
            const [major, minor] = [axis.ticks(model.unit), axis.minorTicks()];
            drawGridLines(context, major, minor, model.timeline, model.locale, theme, plotWidth, plotHeight);
        }
        context.globalAlpha = model.stale ? 0.45 : 1;
        this.drawRaster(context, model, layout, theme);
        context.globalAlpha = 1;
        drawHatches(context, grid, theme, plotWidth, plotHeight);
        if (model.lines) {
            drawQuantiles(context, model.columns, axis, grid, plotWidth, theme);
        }
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
        const minRow = 2 / Math.min(2, globalThis.devicePixelRatio || 1);
        const known = this.axis;
        if (known && known.axis.height === height && known.minRow === minRow && sameDomain(known.axis.domain, domain)) {
            return known.axis;
        }
        this.axis = { axis: new ValueAxis(domain, height, minRow), minRow };
        return this.axis.axis;
    }

    private drawRaster(
        context: CanvasRenderingContext2D,
        model: HeatmapModel,
        layout: HeatmapLayout,
        theme: ChartTheme,
    ): void {
        const { grid, axis, low, ceiling, scale, width } = layout;
        if (grid.rows === 0 || !this.rasterContext) {
            return;
        }
        const image = this.imageOf(grid.slots, grid.rows);
        const levels = this.levels.prepare(grid, scale, low, ceiling);
        if (model.highlights.length > 0) {
            const highlights = model.highlights.map((columns, i) =>
                gridOf(columns, model.timeline, axis, (this.highlightMemories[i] ??= new GridMemory())),
            );
            paintHighlights(grid, highlights, levels, theme.dark, this.pixels);
        } else {
            paint(grid, levels, theme.dark, this.pixels);
        }
        this.rasterContext.putImageData(image, 0, 0);
        context.imageSmoothingEnabled = false;
        for (const { from, to, top, bottom } of axis.segments) {
            context.drawImage(this.raster, 0, grid.rows - to, grid.slots, to - from, 0, top, width, bottom - top);
        }
    }

    private imageOf(slots: number, rows: number): ImageData {
        if (this.image?.width !== slots || this.image.height !== rows) {
            this.raster.width = slots;
            this.raster.height = rows;
            this.image = new ImageData(slots, rows);
            this.pixels = new Uint32Array(this.image.data.buffer);
        }
        return this.image;
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
