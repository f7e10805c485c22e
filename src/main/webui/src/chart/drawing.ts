import { domainOf, zoomedDomain } from "./axis";
import { NO_CLAMP } from "./colourScale";
import type { Column } from "./column";
import { HeatmapPainter, type HeatmapLayout, type HeatmapModel } from "./heatmap";
import type { ChartTheme } from "./palette";

/** A picture whose drawing is measured. Sizes in cells; the budget in milliseconds for 95 of 100 frames. */
export interface Scene {
    readonly name: "four" | "large";
    readonly charts: number;
    readonly slots: number;
    readonly rows: number;
    readonly budget: number;
}

export const SCENES: readonly Scene[] = [
    { name: "four", charts: 4, slots: 600, rows: 128, budget: 8 },
    { name: "large", charts: 1, slots: 1200, rows: 250, budget: 12 },
];

const LEAST_BUCKET = 8;
const ROW_PIXELS = 2;
const AXES = { width: 72, height: 30 };

/** Pixels a scene's canvas needs to have a row for each of its buckets. */
export function sizeOf({ slots, rows }: Scene): { readonly width: number; readonly height: number } {
    return { width: slots + AXES.width, height: rows * ROW_PIXELS + AXES.height };
}

export interface DrawnFrames {
    readonly median: number;
    readonly p95: number;
    readonly frames: number;
    /** Cells drawn in one frame, and how many of them were not empty. */
    readonly cells: number;
    readonly filled: number;
    /** Pixels that differ from those of a painter that has drawn nothing before; exactly none when all is well. */
    readonly different: number;
}

/**
 * Draws a scene again and again as a live run would: in each frame all charts get a new column and follow it, and all that
 * the page does from the columns to the pixels is measured. Reading a pixel back makes the browser finish the picture.
 * Gives way to the page between frames.
 */
export async function measure(
    scene: Scene,
    canvases: readonly HTMLCanvasElement[],
    theme: ChartTheme,
    frames: number,
): Promise<DrawnFrames> {
    const { width, height } = sizeOf(scene);
    const charts = canvases.map((canvas, chart) => ({
        canvas,
        painter: new HeatmapPainter(canvas),
        columns: Array.from({ length: scene.slots }, (_, i) => columnAt(chart, i, scene.rows)),
    }));
    const times = new Float64Array(frames);
    let layouts: readonly HeatmapLayout[] = [];
    for (let frame = 0; frame < frames; frame++) {
        await new Promise(requestAnimationFrame);
        charts.forEach(({ columns }, chart) => {
            columns.shift();
            columns.push(columnAt(chart, scene.slots + frame, scene.rows));
        });
        const began = performance.now();
        layouts = charts.map(({ painter, columns }) =>
            painter.draw(modelOf(scene, columns, frame + 1), theme, width, height),
        );
        canvases.forEach((canvas) => canvas.getContext("2d")?.getImageData(0, 0, 1, 1));
        times[frame] = performance.now() - began;
    }
    times.sort();
    const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
    const cells = layouts.reduce((sum, { grid }) => sum + grid.cells.length, 0);
    const filled = layouts.reduce(
        (sum, { grid }) => sum + grid.cells.reduce((n, count) => n + Number(count > 0), 0),
        0,
    );
    const different = charts.reduce((sum, { canvas, columns }, chart) => {
        const again = document.createElement("canvas");
        const high = layouts[chart]?.ceiling ?? null;
        const model = { ...modelOf(scene, columns, frames), clamp: { low: null, high } };
        new HeatmapPainter(again).draw(model, theme, width, height);
        return sum + differences(canvas, again);
    }, 0);
    return { median: at(0.5), p95: at(0.95), frames, cells, filled, different };
}

function differences(one: HTMLCanvasElement, other: HTMLCanvasElement): number {
    const [a, b] = [one, other].map((canvas) => {
        const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
        return new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0));
    });
    return a && b && a.length === b.length ? a.reduce((n, pixel, i) => n + Number(pixel !== b[i]), 0) : NaN;
}

function modelOf(scene: Scene, columns: readonly Column[], firstSlot: number): HeatmapModel {
    const domain = zoomedDomain(domainOf(columns), LEAST_BUCKET, LEAST_BUCKET + scene.rows - 1);
    return {
        columns,
        timeline: { from: firstSlot * 1000, step: 1000, slots: scene.slots },
        domain,
        unit: "ns",
        locale: "en",
        stale: false,
        scale: "log",
        clamp: NO_CLAMP,
        highlights: [],
        markers: [],
        lines: true,
        compact: false,
    };
}

/**
 * Two humps that wander, other ones in each chart, and a value at either end of the axis; without chance, so that every
 * measurement draws the same picture.
 */
function columnAt(chart: number, i: number, rows: number): Column {
    const buckets: number[] = [];
    const counts: number[] = [];
    let n = 0;
    for (let row = 0; row < rows; row++) {
        const low = (row - rows * (0.3 + 0.05 * Math.sin(chart + i / 40))) / (rows * 0.09);
        const high = (row - rows * (0.7 + 0.04 * Math.cos(chart + i / 25))) / (rows * 0.07);
        const humps = Math.round(4000 * Math.exp(-low * low) + 300 * Math.exp(-high * high));
        const count = row === 0 || row === rows - 1 ? Math.max(1, humps) : humps;
        if (count > 0) {
            buckets.push(LEAST_BUCKET + row);
            counts.push(count);
            n += count;
        }
    }
    return { t: i * 1000, length: 1000, n, gap: false, lost: i % 97 === 0, buckets, counts };
}
