import type { ExplainAnswer } from "../protocol/http";
import { textOf } from "./choice";

/** One key in the selection against the rest. Shares are parts of 1. */
export interface Difference {
    readonly series: number;
    readonly text: string;
    readonly inside: number;
    readonly rest: number;
    readonly insideShare: number;
    readonly restShare: number;
    /** Too few values to go by. */
    readonly weak: boolean;
}

export interface DifferenceGroup {
    readonly facet: ExplainAnswer["splits"][number]["facet"];
    readonly series: number;
    readonly rows: readonly Difference[];
    /** The greatest difference of shares in it, by which groups are sorted. */
    readonly weight: number;
}

const FEWEST = 30;

/** The answer with shares; the kind of key that tells most comes first. The whole key tells nothing new of one part. */
export function differences(answer: ExplainAnswer): DifferenceGroup[] {
    const kinds = answer.splits.filter(({ facet }) => facet !== "full");
    const splits = kinds.length > 1 || kinds.length === 0 ? answer.splits : kinds;
    return splits
        .map(({ facet, series, rows }) => {
            const shown = rows.map((row): Difference => ({
                series: row.series,
                text: textOf(row.keys),
                inside: row.inside,
                rest: row.rest,
                insideShare: answer.inside > 0 ? row.inside / answer.inside : 0,
                restShare: answer.rest > 0 ? row.rest / answer.rest : 0,
                weak: row.inside + row.rest < FEWEST,
            }));
            const weights = shown
                .filter(({ weak }) => !weak)
                .map(({ insideShare, restShare }) => Math.abs(insideShare - restShare));
            return { facet, series, rows: shown, weight: Math.max(0, ...weights) };
        })
        .sort((a, b) => b.weight - a.weight);
}
