import type { HeatmapAnswer } from "../protocol/http";
import { LEVELS } from "../chart/palette";

/** A heat map without axes, one pixel for a cell: columns by time, rows by bucket, the greatest at the top. */
export interface Thumbnail {
    readonly width: number;
    readonly height: number;
    readonly pixels: Uint32Array;
}

/** Null when nothing was counted. */
export function thumbnail(answer: HeatmapAnswer, colours: Uint32Array): Thumbnail | null {
    const counts = answer.columns.flatMap(({ buckets }) => buckets.map(([, n]) => n));
    const rows = answer.columns.flatMap(({ buckets }) => buckets.map(([bucket]) => bucket));
    if (counts.length === 0) {
        return null;
    }
    const lowest = rows.reduce((a, b) => Math.min(a, b));
    const height = rows.reduce((a, b) => Math.max(a, b)) - lowest + 1;
    const width = answer.columns.length;
    const most = Math.log1p(counts.reduce((a, b) => Math.max(a, b)));
    const pixels = new Uint32Array(width * height);
    answer.columns.forEach(({ buckets }, x) => {
        for (const [bucket, n] of buckets) {
            const level = Math.round((Math.log1p(n) / most) * (LEVELS - 1));
            pixels[(height - 1 - (bucket - lowest)) * width + x] = colours[level] ?? 0;
        }
    });
    return { width, height, pixels };
}
