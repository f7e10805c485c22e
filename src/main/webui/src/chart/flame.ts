import type { ChartTheme } from "./palette";
import { sizeCanvas } from "./surface";

/** A tree of calls as the server tells it: `value` counts the call itself and all below it. */
export interface Call {
    readonly name: string;
    readonly value: number;
    readonly children: readonly Call[];
}

/** A call as it is drawn: the part of the width from `left` to `right`, in the row `depth` from the root. */
export interface Frame {
    readonly call: Call;
    readonly depth: number;
    readonly left: number;
    readonly right: number;
    /** Not in the chosen call, only on the way to it: drawn as wide as the whole. */
    readonly above: boolean;
}

export const ROW_HEIGHT = 18;
const LEAST_PIXELS = 0.5;
const TEXT_PIXELS = 30;

/**
 * The frames of what is below `path`, the way from the root to the chosen call. What would be thinner than half a pixel
 * is left out with all that it called.
 */
export function framesOf(path: readonly Call[], width: number): Frame[] {
    const frames: Frame[] = path.slice(0, -1).map((call, depth) => ({ call, depth, left: 0, right: 1, above: true }));
    const chosen = path.at(-1);
    const least = LEAST_PIXELS / Math.max(1, width);
    const add = (call: Call, depth: number, left: number, scale: number) => {
        const right = left + call.value * scale;
        if (right - left < least) {
            return;
        }
        frames.push({ call, depth, left, right, above: false });
        let at = left;
        for (const child of [...call.children].sort((a, b) => (a.name < b.name ? -1 : 1))) {
            add(child, depth + 1, at, scale);
            at += child.value * scale;
        }
    };
    if (chosen && chosen.value > 0) {
        add(chosen, path.length - 1, 0, 1 / chosen.value);
    }
    return frames;
}

export function depthOf(frames: readonly Frame[]): number {
    return frames.reduce((most, frame) => Math.max(most, frame.depth + 1), 0);
}

export function frameAt(frames: readonly Frame[], part: number, depth: number): Frame | null {
    return frames.find((frame) => frame.depth === depth && part >= frame.left && part < frame.right) ?? null;
}

/** What a call counted itself, without what it called. */
export function ownValue(call: Call): number {
    return call.value - call.children.reduce((sum, child) => sum + child.value, 0);
}

/** How much of the whole lies in calls whose name has the text; one inside another counts once. */
export function matching(call: Call, text: string): { readonly value: number; readonly calls: number } {
    const wanted = text.toLowerCase();
    const visit = (one: Call, counted: boolean): { value: number; calls: number } => {
        const hit = one.name.toLowerCase().includes(wanted);
        let value = hit && !counted ? one.value : 0;
        let calls = Number(hit);
        for (const child of one.children) {
            const below = visit(child, counted || hit);
            value += below.value;
            calls += below.calls;
        }
        return { value, calls };
    };
    return wanted ? visit(call, false) : { value: 0, calls: 0 };
}

/** Draws the frames from the bottom up. Hues tell calls apart, nothing more; a search dims all that it does not find. */
export function drawFlame(
    canvas: HTMLCanvasElement,
    frames: readonly Frame[],
    found: string,
    cursor: Frame | null,
    theme: ChartTheme,
    width: number,
    height: number,
): void {
    const context = sizeCanvas(canvas, width, height);
    const wanted = found.toLowerCase();
    context.font = theme.font;
    context.textBaseline = "middle";
    for (const frame of frames) {
        const { call, depth, left, right } = frame;
        const x = left * width;
        const w = (right - left) * width;
        const y = height - (depth + 1) * ROW_HEIGHT;
        const dimmed = frame.above || (wanted !== "" && !call.name.toLowerCase().includes(wanted));
        context.fillStyle = colourOf(call.name, theme.dark, dimmed);
        context.fillRect(x, y, Math.max(0.5, w - 0.5), ROW_HEIGHT - 1);
        if (frame === cursor) {
            context.strokeStyle = theme.dark ? "#ffffff" : "#10151c";
            context.lineWidth = 1.5;
            context.strokeRect(x + 0.75, y + 0.75, Math.max(1, w - 2), ROW_HEIGHT - 2.5);
        }
        if (w > TEXT_PIXELS) {
            context.fillStyle = dimmed ? theme.faint : theme.dark ? "#f4f7fa" : "#10151c";
            context.save();
            context.beginPath();
            context.rect(x, y, w - 4, ROW_HEIGHT);
            context.clip();
            context.fillText(call.name, x + 4, y + ROW_HEIGHT / 2);
            context.restore();
        }
    }
}

/** The same name has the same colour everywhere: a warm one, as these pictures have had from the start. */
function colourOf(name: string, dark: boolean, dimmed: boolean): string {
    let hash = 7;
    for (let i = 0; i < name.length; i++) {
        hash = (hash * 31 + name.charCodeAt(i)) % 9973;
    }
    const hue = 12 + (hash % 40);
    const light = dark ? 30 + (hash % 9) : 66 + (hash % 11);
    return dimmed ? (dark ? "#1c232d" : "#e8ebef") : `hsl(${hue} ${dark ? 58 : 82}% ${light}%)`;
}
