import type { Domain } from "./axis";
import { NO_CLAMP } from "./colourScale";
import type { Column } from "./column";
import { HeatmapPainter, type HeatmapModel } from "./heatmap";
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
}

/**
 * Draws a scene again and again as a live run would, one new column each time, and waits for the pixels of each: reading one
 * back makes the browser finish the picture. Gives way to the page between frames.
 */
export async function measure(
    scene: Scene,
    canvases: readonly HTMLCanvasElement[],
    theme: ChartTheme,
    frames: number,
): Promise<DrawnFrames> {
    const { width, height } = sizeOf(scene);
    const painters = canvases.map((canvas) => new HeatmapPainter(canvas));
    const columns = Array.from({ length: scene.slots }, (_, i) => columnAt(i, scene.rows));
    const times: number[] = [];
    let cells = 0;
    let filled = 0;
    for (let frame = 0; frame < frames; frame++) {
        await new Promise(requestAnimationFrame);
        columns.shift();
        columns.push(columnAt(scene.slots + frame, scene.rows));
        const model = modelOf(scene, columns, frame + 1);
        const began = performance.now();
        const layouts = painters.map((painter) => painter.draw(model, theme, width, height));
        canvases.forEach((canvas) => canvas.getContext("2d")?.getImageData(0, 0, 1, 1));
        times.push(performance.now() - began);
        cells = layouts.reduce((sum, { grid }) => sum + grid.cells.length, 0);
        filled = layouts.reduce((sum, { grid }) => sum + grid.cells.reduce((n, count) => n + Number(count > 0), 0), 0);
    }
    times.sort((a, b) => a - b);
    const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
    return { median: at(0.5), p95: at(0.95), frames, cells, filled };
}

function modelOf(scene: Scene, columns: readonly Column[], firstSlot: number): HeatmapModel {
    const domain: Domain = { positive: [LEAST_BUCKET, LEAST_BUCKET + scene.rows - 1], zero: false, negative: null };
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

/** Two humps that wander, without chance: every measurement draws the same picture. */
function columnAt(i: number, rows: number): Column {
    const buckets: number[] = [];
    const counts: number[] = [];
    let n = 0;
    for (let row = 0; row < rows; row++) {
        const low = (row - rows * (0.3 + 0.05 * Math.sin(i / 40))) / (rows * 0.09);
        const high = (row - rows * (0.7 + 0.04 * Math.cos(i / 25))) / (rows * 0.07);
        const count = Math.round(4000 * Math.exp(-low * low) + 300 * Math.exp(-high * high));
        if (count > 0) {
            buckets.push(LEAST_BUCKET + row);
            counts.push(count);
            n += count;
        }
    }
    return { t: i * 1000, length: 1000, n, gap: false, lost: i % 97 === 0, buckets, counts };
}
