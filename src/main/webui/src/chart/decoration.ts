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

/** Pattern, not only colour: dense strokes where there are no data, sparse ones where some were lost. */
export function drawHatches(
    context: CanvasRenderingContext2D,
    grid: Grid,
    theme: ChartTheme,
    width: number,
    height: number,
): void {
    const slotWidth = width / grid.slots;
    let slot = 0;
    while (slot < grid.slots) {
        const state = grid.states[slot];
        let end = slot + 1;
        while (end < grid.slots && grid.states[end] === state) {
            end++;
        }
        const [left, span] = [slot * slotWidth, (end - slot) * slotWidth];
        if (state === MISSING) {
            hatch(context, left, span, height, theme.hatch, 6);
        } else if (state === LOSSY) {
            hatch(context, left, span, height, theme.hatch, 12);
            // A lane at the foot: hatching over bright cells is easily missed.
            context.fillStyle = theme.warn;
            context.fillRect(left, height - 3, Math.max(1, span), 3);
        }
        slot = end;
    }
}

function hatch(
    context: CanvasRenderingContext2D,
    left: number,
    width: number,
    height: number,
    colour: string,
    stride: number,
): void {
    context.save();
    context.beginPath();
    context.rect(left, 0, width, height);
    context.clip();
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = Math.floor(left / stride) * stride - height; x < left + width; x += stride) {
        context.moveTo(x, height);
        context.lineTo(x + height, 0);
    }
    context.stroke();
    context.restore();
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
