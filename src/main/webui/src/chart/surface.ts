/** Pixels of the screen for each of the page. */
export function densityOfScreen(): number {
    return globalThis.devicePixelRatio || 1;
}

/** Fits a canvas to its box at the screen's density and clears it; drawing then speaks in CSS pixels. */
export function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
    const density = densityOfScreen();
    const [w, h] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== w || canvas.height !== h) {
        canvas.width = w;
        canvas.height = h;
    }
    const context = canvas.getContext("2d");
    if (!context) {
        throw new Error("this browser has no 2D canvas");
    }
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
}

/** Something that makes pixels, row-major as an ImageData has them; the memory is the layer's. */
export interface PixelMaker {
    resize(width: number, height: number, pixels: Uint32Array): void;
}

/** Pixels made by hand that can be drawn on a canvas. */
export class PixelLayer {
    private readonly canvas = document.createElement("canvas");
    private readonly context = this.canvas.getContext("2d");
    private image: ImageData | null = null;

    /** Gives the maker new, empty memory where the size is another. */
    resize(width: number, height: number, maker: PixelMaker): void {
        if (width === 0 || height === 0) {
            this.image = null;
        } else if (this.image?.width !== width || this.image.height !== height) {
            [this.canvas.width, this.canvas.height] = [width, height];
            this.image = new ImageData(width, height);
            maker.resize(width, height, new Uint32Array(this.image.data.buffer));
        }
    }

    /** The lines `top` up to before `bottom` as they are now, in a picture of the whole size; null where there are none. */
    show(top: number, bottom: number): HTMLCanvasElement | null {
        if (!this.image || !this.context || bottom <= top) {
            return null;
        }
        this.context.putImageData(this.image, 0, 0, 0, top, this.image.width, bottom - top);
        return this.canvas;
    }
}
