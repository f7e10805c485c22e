import type { Column } from "../chart/column";
import { without } from "../chart/histogram";
import type { Key } from "../protocol/model";

/** A series picked from the table. */
export interface Picked {
    readonly id: number;
    readonly text: string;
}

/** Which series are looked at: one alone, all but some, or all with some in hues of their own. */
export interface Choice {
    readonly isolated: Picked | null;
    readonly excluded: readonly Picked[];
    readonly highlighted: readonly Picked[];
}

export const EVERYTHING: Choice = { isolated: null, excluded: [], highlighted: [] };

/** As many as there are hues that the eye tells apart. */
export const MOST_HIGHLIGHTS = 4;

/** What a press on a row means: alone; with Alt all but it; with Ctrl or Cmd in a hue. */
export type Pick = "isolate" | "exclude" | "highlight";

export function pickOf(event: { altKey: boolean; ctrlKey: boolean; metaKey: boolean }): Pick {
    return event.altKey ? "exclude" : event.ctrlKey || event.metaKey ? "highlight" : "isolate";
}

/** The choice after a pick; the same pick again takes it back. A fifth highlight takes the place of the first. */
export function afterPick(choice: Choice, one: Picked, pick: Pick): Choice {
    const has = (all: readonly Picked[]) => all.some(({ id }) => id === one.id);
    const removed = (all: readonly Picked[]) => all.filter(({ id }) => id !== one.id);
    switch (pick) {
        case "isolate":
            return choice.isolated?.id === one.id ? EVERYTHING : { ...EVERYTHING, isolated: one };
        case "exclude":
            return {
                isolated: null,
                excluded: has(choice.excluded) ? removed(choice.excluded) : [...choice.excluded, one],
                highlighted: removed(choice.highlighted),
            };
        case "highlight":
            return {
                isolated: null,
                excluded: removed(choice.excluded),
                highlighted: has(choice.highlighted)
                    ? removed(choice.highlighted)
                    : [...choice.highlighted, one].slice(-MOST_HIGHLIGHTS),
            };
    }
}

export function labelOf(keys: readonly Key[]): string {
    return keys.map((key) => key.label).join(" · ");
}

/** What they do or did last; "" when nothing is known. */
export function noteOf(keys: readonly Key[]): string {
    return keys.flatMap((key) => key.note ?? []).join(" · ");
}

/** Both in one line. */
export function textOf(keys: readonly Key[]): string {
    const note = noteOf(keys);
    return labelOf(keys) + (note ? ` · ${note}` : "");
}

/** The columns of everything less those of some series, interval by interval: exact, as buckets subtract. */
export function columnsWithout(all: readonly Column[], excluded: readonly (readonly Column[])[]): Column[] {
    return all.map((column, at) => {
        const rest = excluded.reduce(
            (left, columns) => {
                const part = columns[at];
                return part ? without(left, { buckets: part.buckets, counts: part.counts, total: part.n }) : left;
            },
            { buckets: column.buckets, counts: column.counts, total: column.n },
        );
        const n = excluded.reduce((left, columns) => left - (columns[at]?.n ?? 0), column.n);
        return { ...column, n, buckets: rest.buckets, counts: rest.counts };
    });
}
