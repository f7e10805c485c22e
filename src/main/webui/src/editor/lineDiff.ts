/** A line of a comparison; the number is that of the side it stands on, from 1. */
export interface DiffLine {
    readonly kind: "same" | "removed" | "added";
    readonly text: string;
    readonly before: number | null;
    readonly after: number | null;
}

/** The shortest way from one text to another by whole lines (Myers' algorithm, greedy from the beginning). */
export function lineDiff(before: string, after: string): DiffLine[] {
    const left = before.split("\n");
    const right = after.split("\n");
    const trace = furthest(left, right);
    const lines: DiffLine[] = [];
    let x = left.length;
    let y = right.length;
    for (let d = trace.length - 1; d >= 0; d--) {
        const reached = trace[d] ?? new Map<number, number>();
        const k = x - y;
        const down = k === -d || (k !== d && at(reached, k - 1) < at(reached, k + 1));
        const fromX = d === 0 ? 0 : at(reached, down ? k + 1 : k - 1);
        const fromY = d === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
        while (x > fromX && y > fromY) {
            lines.push({ kind: "same", text: left[x - 1] ?? "", before: x--, after: y-- });
        }
        if (d > 0 && down) {
            lines.push({ kind: "added", text: right[y - 1] ?? "", before: null, after: y-- });
        } else if (d > 0) {
            lines.push({ kind: "removed", text: left[x - 1] ?? "", before: x--, after: null });
        }
    }
    return lines.reverse();
}

/** For each number of changes, how far each diagonal got with one less. */
function furthest(left: readonly string[], right: readonly string[]): ReadonlyMap<number, number>[] {
    const trace: Map<number, number>[] = [];
    let reached = new Map<number, number>([[1, 0]]);
    for (let d = 0; d <= left.length + right.length; d++) {
        trace.push(reached);
        const next = new Map(reached);
        for (let k = -d; k <= d; k += 2) {
            const down = k === -d || (k !== d && at(next, k - 1) < at(next, k + 1));
            let x = down ? at(next, k + 1) : at(next, k - 1) + 1;
            while (x < left.length && x - k < right.length && left[x] === right[x - k]) {
                x++;
            }
            next.set(k, x);
            if (x >= left.length && x - k >= right.length) {
                return trace;
            }
        }
        reached = next;
    }
    return trace;
}

function at(reached: ReadonlyMap<number, number>, k: number): number {
    return reached.get(k) ?? -1;
}
