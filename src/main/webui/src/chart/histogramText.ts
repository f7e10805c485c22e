import { greatest, least } from "./buckets";
import type { Histogram } from "./histogram";

const WIDTH = 50;
const ELISION = 2;
const MARGIN = 2;
const ZERO = 64;
const ROWS = 128;

/** The text that `print(@hist_log(s))` prints for these counts: to be pasted into a report. */
export function histogramText(histogram: Histogram): string {
    const counts = new Array<number>(ROWS).fill(0);
    for (let i = 0; i < histogram.buckets.length; i++) {
        const row = ZERO + octaveOf(histogram.buckets[i] ?? 0);
        counts[row] = (counts[row] ?? 0) + (histogram.counts[i] ?? 0);
    }
    const used = counts.findIndex((count) => count > 0);
    if (used < 0) {
        return "";
    }
    const from = Math.max(used - MARGIN, used >= ZERO ? ZERO : 0);
    const to = Math.min(counts.findLastIndex((count) => count > 0) + MARGIN, ROWS - 1);
    const top = Math.max(...counts);
    const scale = top <= WIDTH ? 1 : Math.floor((top - 1) / WIDTH) + 1;
    const width = Math.max(5, edge(from - ZERO).length, edge(to - ZERO).length);
    const lines = [`${"value".padStart(width)} |${"-".repeat(WIDTH)} count`];
    let eliding = false;
    for (let row = from; row <= to; row++) {
        const near = counts.slice(Math.max(row - ELISION, from), Math.min(row + ELISION, to) + 1);
        if (near.every((count) => count === 0)) {
            eliding = true;
            continue;
        }
        if (eliding) {
            lines.push(`${" ".repeat(width)} ~`);
            eliding = false;
        }
        const count = counts[row] ?? 0;
        const bar = Math.floor(count / scale);
        const figure = String(count).padStart(WIDTH - bar + 1 + String(top).length);
        lines.push(`${edge(row - ZERO).padStart(width)} |${"@".repeat(bar)}${figure}`);
    }
    return lines.join("\n") + "\n";
}

/** 0 for 0, k + 1 for values from 2^k, the negatives mirrored. */
function octaveOf(bucket: number): number {
    const magnitude = bucket >= 0 ? least(bucket) : -greatest(bucket);
    const octave = magnitude === 0 ? 0 : Math.floor(Math.log2(magnitude)) + 1;
    return bucket >= 0 ? octave : -octave;
}

function edge(octave: number): string {
    return octave === 0 ? "0" : `${octave < 0 ? "-" : ""}${2n ** BigInt(Math.abs(octave) - 1)}`;
}
