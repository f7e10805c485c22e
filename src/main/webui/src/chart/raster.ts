import type { Levels } from "./colourScale";
import type { Grid } from "./grid";
import { greys, hues, ramp } from "./palette";

/**
 * The coloured grid: one pixel per cell, rows from top to bottom, empty cells transparent. A frame moves the pixels of the
 * frame before with the grid and colours its fresh slots; all of them when colours mean something else.
 */
export class CellRaster {
    /** Row-major, as an ImageData has them. */
    pixels: Uint32Array = new Uint32Array(0);
    private version = -1;
    private dark = false;
    private highlighted = 0;

    /** Gives it another memory, of one pixel for each cell; all of it is painted next. */
    resize(_slots: number, _rows: number, pixels: Uint32Array): void {
        this.pixels = pixels;
        this.version = -1;
    }

    /** Brings the pixels up to the grids, each of which must have been seen here since its last change. */
    update(grid: Grid, highlights: readonly Grid[], levels: Levels, dark: boolean): void {
        const { slots, shift, fresh } = grid;
        const kept =
            levels.version === this.version &&
            dark === this.dark &&
            highlights.length === this.highlighted &&
            highlights.every((one) => one.shift === shift);
        if (kept && shift > 0) {
            // What wraps round to the line before lies in slots that are fresh.
            this.pixels.copyWithin(0, shift);
        } else if (kept && shift < 0) {
            this.pixels.copyWithin(-shift, 0);
        }
        [this.version, this.dark, this.highlighted] = [levels.version, dark, highlights.length];
        for (let slot = 0; slot < slots; slot++) {
            if (!kept || fresh[slot] === 1 || anyFresh(highlights, slot)) {
                if (highlights.length > 0) {
                    paintHighlights(grid, highlights, levels, dark, this.pixels, slot);
                } else {
                    paint(grid, levels, dark, this.pixels, slot);
                }
            }
        }
    }
}

function anyFresh(highlights: readonly Grid[], slot: number): boolean {
    for (let i = 0; i < highlights.length; i++) {
        if (highlights[i]?.fresh[slot] === 1) {
            return true;
        }
    }
    return false;
}

function paint(grid: Grid, levels: Levels, dark: boolean, pixels: Uint32Array, slot: number): void {
    const { slots, rows, cells, sums } = grid;
    const colours = ramp(dark);
    const sum = sums[slot] ?? 0;
    let cell = slot * rows;
    for (let pixel = (rows - 1) * slots + slot; pixel >= 0; pixel -= slots) {
        const count = cells[cell++] ?? 0;
        pixels[pixel] = count > 0 ? (colours[levels.of(count, sum)] ?? 0) : 0;
    }
}

/**
 * All values in grey, and over them each highlighted series in its hue. Where several meet, the greatest count decides:
 * a mixture of hues would be read as a hue of its own.
 */
function paintHighlights(
    grid: Grid,
    highlights: readonly Grid[],
    levels: Levels,
    dark: boolean,
    pixels: Uint32Array,
    slot: number,
): void {
    const { slots, rows, cells, sums } = grid;
    const grey = greys(dark);
    const ramps = hues(dark);
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
