import type { Tick } from "./axis";
import { endOf, type Timeline } from "./column";
import { LOSSY, MISSING, type Grid } from "./grid";
import type { ChartTheme } from "./palette";
import { timeTicks } from "./time";

/** Something that happened to the run: drawn across the values, named on the page. `t` as the columns have it. */
export interface Marker {
    readonly t: number;
    readonly kind: string;
    readonly text: string;
    readonly grave: boolean;
}

export function drawGridLines(
    context: CanvasRenderingContext2D,
    ticks: readonly Tick[],
    minor: readonly number[],
    timeline: Timeline,
    locale: string,
    theme: ChartTheme,
    width: number,
    height: number,
): void {
    context.font = theme.font;
    context.textBaseline = "middle";
    context.textAlign = "right";
    context.fillStyle = theme.grid;
    minor.forEach((y) => context.fillRect(-4, Math.round(y), 4, 1));
    for (const { y, label } of ticks) {
        context.fillStyle = theme.grid;
        context.fillRect(0, Math.round(y), width, 1);
        context.fillStyle = theme.text;
        context.fillText(label, -8, y);
    }
    context.textBaseline = "top";
    context.textAlign = "center";
    for (const { x, label } of timeTicks(timeline, width, locale)) {
        context.fillStyle = theme.grid;
        context.fillRect(Math.round(x), 0, 1, height);
        context.fillStyle = theme.faint;
        context.fillText(label, Math.min(width - 20, Math.max(20, x)), height + 7);
    }
}

const DENSE = 6;
const SPARSE = 12;

/** Pattern, not only colour: dense strokes where there are no data, sparse ones where some were lost. */
export class Hatches {
    private dense: CanvasPattern | null = null;
    private sparse: CanvasPattern | null = null;
    private colour = "";
    private density = 0;

    draw(
        context: CanvasRenderingContext2D,
        grid: Grid,
        theme: ChartTheme,
        density: number,
        width: number,
        height: number,
    ): void {
        if (theme.hatch !== this.colour || density !== this.density) {
            [this.colour, this.density] = [theme.hatch, density];
            this.dense = strokes(context, theme.hatch, DENSE, density);
            this.sparse = strokes(context, theme.hatch, SPARSE, density);
        }
        const slotWidth = width / grid.slots;
        let slot = 0;
        while (slot < grid.slots) {
            const state = grid.states[slot];
            let end = slot + 1;
            while (end < grid.slots && grid.states[end] === state) {
                end++;
            }
            const [left, span] = [slot * slotWidth, (end - slot) * slotWidth];
            const pattern = state === MISSING ? this.dense : state === LOSSY ? this.sparse : null;
            if (pattern) {
                context.fillStyle = pattern;
                context.fillRect(left, 0, span, height);
            }
            if (state === LOSSY) {
                // A lane at the foot: hatching over bright cells is easily missed.
                context.fillStyle = theme.warn;
                context.fillRect(left, height - 3, Math.max(1, span), 3);
            }
            slot = end;
        }
    }
}

/** A tile of one rising stroke that goes on in the next tile; as sharp as the screen. */
function strokes(
    context: CanvasRenderingContext2D,
    colour: string,
    stride: number,
    density: number,
): CanvasPattern | null {
    const tile = document.createElement("canvas");
    const size = Math.round(stride * density);
    [tile.width, tile.height] = [size, size];
    const pen = tile.getContext("2d");
    if (pen) {
        pen.strokeStyle = colour;
        pen.lineWidth = density;
        pen.beginPath();
        for (const x of [-size, 0, size]) {
            pen.moveTo(x - 1, size + 1);
            pen.lineTo(x + size + 1, -1);
        }
        pen.stroke();
    }
    const pattern = context.createPattern(tile, "repeat");
    pattern?.setTransform({ a: stride / size, d: stride / size });
    return pattern;
}

/** A line down from a triangle; grave ones are filled, so that shape tells them too. */
export function drawMarkers(
    context: CanvasRenderingContext2D,
    markers: readonly Marker[],
    timeline: Timeline,
    theme: ChartTheme,
    width: number,
    height: number,
): void {
    for (const marker of markers) {
        const x = ((marker.t - timeline.from) / (endOf(timeline) - timeline.from)) * width;
        if (x < 0 || x > width) {
            continue;
        }
        const colour = marker.grave ? theme.bad : theme.accent;
        context.strokeStyle = colour;
        context.fillStyle = colour;
        context.lineWidth = 1.25;
        context.setLineDash(marker.grave ? [] : [4, 3]);
        context.beginPath();
        context.moveTo(x, 6);
        context.lineTo(x, height);
        context.stroke();
        context.setLineDash([]);
        context.beginPath();
        context.moveTo(x - 5, 0);
        context.lineTo(x + 5, 0);
        context.lineTo(x, 7);
        context.closePath();
        context.stroke();
        if (marker.grave) {
            context.fill();
        }
    }
}
