/** Bits of the mask: how much of a pixel a line covers, of 127, and whether it lies in a band. */
const COVERAGE = 127;
const BAND = 128;

/** Line and band colours as red, green and blue, and how much of what is below a band hides. */
const DARK = { line: [255, 255, 255], band: [0, 0, 0], hides: 0.5 } as const;
const LIGHT = { line: [16, 21, 28], band: [255, 255, 255], hides: 0.62 } as const;

/**
 * Lines with bands around them, as pixels of the screen. A browser strokes a path with a thousand corners in milliseconds;
 * as functions of x, lines are columns of a few pixels each, and this takes a tenth of that.
 */
export class LineRaster {
    width = 0;
    height = 0;
    /** Row-major, as an ImageData has them. */
    pixels: Uint32Array = new Uint32Array(0);
    /** The lines of pixels that are not empty, `top` up to before `bottom`. */
    top = 0;
    bottom = 0;
    private mask = new Uint8Array(0);
    private colours = coloursOf(DARK);
    private dark = true;
    /** Highest and lowest point of the line within each column of pixels. */
    private high = new Float32Array(0);
    private low = new Float32Array(0);

    resize(width: number, height: number, pixels: Uint32Array): void {
        [this.width, this.height, this.pixels] = [width, height, pixels];
        this.mask = new Uint8Array(width * height);
        this.high = new Float32Array(width);
        this.low = new Float32Array(width);
        [this.top, this.bottom] = [height, 0];
    }

    /** Empties the picture. */
    begin(dark: boolean): void {
        const [from, to] = [this.top * this.width, this.bottom * this.width];
        if (to > from) {
            this.pixels.fill(0, from, to);
            this.mask.fill(0, from, to);
        }
        [this.top, this.bottom] = [this.height, 0];
        if (dark !== this.dark) {
            this.colours = coloursOf(dark ? DARK : LIGHT);
            this.dark = dark;
        }
    }

    /** A rectangle in each slot between two heights; none where they are NaN. */
    bands(tops: Float32Array, bottoms: Float32Array, density: number): void {
        const { width, height, mask, pixels, colours } = this;
        const slots = tops.length;
        const colour = colours[BAND] ?? 0;
        for (let slot = 0, from = 0; slot < slots;) {
            const first = Math.max(0, Math.round((tops[slot] ?? NaN) * density));
            const end = Math.min(height, Math.round((bottoms[slot] ?? NaN) * density));
            // Slots beside one another with the same band are one rectangle.
            for (slot++; slot < slots; slot++) {
                const top = Math.max(0, Math.round((tops[slot] ?? NaN) * density));
                if (top !== first || Math.min(height, Math.round((bottoms[slot] ?? NaN) * density)) !== end) {
                    break;
                }
            }
            const to = Math.round((slot * width) / slots);
            if (end > first) {
                this.top = Math.min(this.top, first);
                this.bottom = Math.max(this.bottom, end);
                for (let y = first; y < end; y++) {
                    // Most are a few pixels wide: too few for what a fill costs.
                    for (let at = y * width + from; at < y * width + to; at++) {
                        mask[at] = BAND;
                        pixels[at] = colour;
                    }
                }
            }
            from = to;
        }
    }

    /**
     * A line through the middles of the slots, broken where a height is NaN, over all bands. `half` is half its thickness;
     * of each `on + off` pixels, the first `on` are drawn.
     */
    line(heights: Float32Array, density: number, half: number, on: number, off: number): void {
        this.trace(heights, density);
        const { width, height, high, low, mask, pixels, colours } = this;
        for (let x = 0; x < width; x++) {
            const [from, to] = [(high[x] ?? NaN) - half, (low[x] ?? NaN) + half];
            if (Number.isNaN(from) || (off > 0 && x % (on + off) >= on)) {
                continue;
            }
            const first = Math.max(0, Math.floor(from));
            const end = Math.min(height, Math.ceil(to));
            this.top = Math.min(this.top, first);
            this.bottom = Math.max(this.bottom, end);
            for (let y = first; y < end; y++) {
                const covered = Math.round((Math.min(y + 1, to) - Math.max(y, from)) * COVERAGE);
                const at = y * width + x;
                const known = mask[at] ?? 0;
                if (covered > (known & COVERAGE)) {
                    const mixed = (known & BAND) | covered;
                    mask[at] = mixed;
                    pixels[at] = colours[mixed] ?? 0;
                }
            }
        }
    }

    /** Between which heights the line runs in each column of pixels. */
    private trace(heights: Float32Array, density: number): void {
        const { width, high, low } = this;
        const slots = heights.length;
        const slotWidth = width / slots;
        high.fill(NaN);
        low.fill(NaN);
        for (let slot = 0; slot < slots; slot++) {
            const y0 = (heights[slot] ?? NaN) * density;
            const y1 = slot + 1 < slots ? (heights[slot + 1] ?? NaN) * density : NaN;
            if (Number.isNaN(y0)) {
                continue;
            }
            const x0 = (slot + 0.5) * slotWidth;
            if (Number.isNaN(y1)) {
                // A line ends with its slot, and so does one that is a single slot long.
                this.extend(x0, (slot + 1) * slotWidth, y0, y0);
            } else {
                this.extend(x0, x0 + slotWidth, y0, y1);
            }
            if (slot === 0 || Number.isNaN(heights[slot - 1])) {
                this.extend(slot * slotWidth, x0, y0, y0);
            }
        }
    }

    private extend(x0: number, x1: number, y0: number, y1: number): void {
        const { high, low, width } = this;
        const slope = (y1 - y0) / (x1 - x0);
        const end = Math.min(width, Math.ceil(x1));
        for (let x = Math.floor(x0); x < end; x++) {
            const a = y0 + (Math.max(x, x0) - x0) * slope;
            const b = y0 + (Math.min(x + 1, x1) - x0) * slope;
            const [top, bottom] = a < b ? [a, b] : [b, a];
            // With NaN, no comparison holds.
            if (!(top >= (high[x] ?? 0))) {
                high[x] = top;
            }
            if (!(bottom <= (low[x] ?? 0))) {
                low[x] = bottom;
            }
        }
    }
}

/** A colour for each value of the mask: the line over its band, or over nothing. */
function coloursOf({ line, band, hides }: typeof DARK | typeof LIGHT): Uint32Array {
    return Uint32Array.from({ length: BAND + COVERAGE + 1 }, (_, mixed) => {
        const over = (mixed & COVERAGE) / COVERAGE;
        const under = (mixed & BAND) > 0 ? hides * (1 - over) : 0;
        const alpha = over + under;
        const channel = (i: 0 | 1 | 2) => Math.round((line[i] * over + band[i] * under) / (alpha || 1));
        return ((Math.round(alpha * 255) << 24) | (channel(2) << 16) | (channel(1) << 8) | channel(0)) >>> 0;
    });
}
