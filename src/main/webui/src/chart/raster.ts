import type { Levels } from "./colourScale";
import type { Grid } from "./grid";
import { greys, hues, ramp } from "./palette";

/** Colours the grid: one pixel per cell, rows from top to bottom. Empty cells stay transparent. */
export function paint(grid: Grid, levels: Levels, dark: boolean, pixels: Uint32Array): void {
    const { slots, rows, cells, sums } = grid;
    const colours = ramp(dark);
    for (let slot = 0; slot < slots; slot++) {
        const sum = sums[slot] ?? 0;
        for (let row = 0; row < rows; row++) {
            const count = cells[slot * rows + row] ?? 0;
            pixels[(rows - 1 - row) * slots + slot] = count > 0 ? (colours[levels.of(count, sum)] ?? 0) : 0;
        }
    }
}

/**
 * All values in grey, and over them each highlighted series in its hue. Where several meet, the greatest count decides:
 * a mixture of hues would be read as a hue of its own.
 */
export function paintHighlights(
    grid: Grid,
    highlights: readonly Grid[],
    levels: Levels,
    dark: boolean,
    pixels: Uint32Array,
): void {
    const { slots, rows, cells, sums } = grid;
    const grey = greys(dark);
    const ramps = hues(dark);
    for (let slot = 0; slot < slots; slot++) {
        const sum = sums[slot] ?? 0;
        for (let row = 0; row < rows; row++) {
            const cell = slot * rows + row;
            let most = 0;
            let hue = -1;
            for (let i = 0; i < highlights.length; i++) {
                const count = highlights[i]?.cells[cell] ?? 0;
                if (count > most) {
                    most = count;
                    hue = i;
                }
            }
            const count = cells[cell] ?? 0;
            const pixel = (rows - 1 - row) * slots + slot;
            if (hue >= 0) {
                pixels[pixel] = ramps[hue]?.[levels.of(most, sum)] ?? 0;
            } else {
                pixels[pixel] = count > 0 ? (grey[levels.of(count, sum)] ?? 0) : 0;
            }
        }
    }
}
