import type { TimeRange } from "../protocol/http";

/** One side of a comparison: a capture, an aggregate of it, and a range; null where the whole is meant. */
export interface Side {
    readonly id: string;
    readonly agg: number;
    readonly from: number | null;
    readonly to: number | null;
}

export interface Comparing {
    readonly a: Side | null;
    readonly b: Side | null;
    /** Facet whose keys are compared; empty for the first that the aggregate has. */
    readonly facet: string;
}

export interface Interval {
    readonly value: number;
    readonly low: number;
    readonly high: number;
}

export interface Shift {
    readonly q: number;
    readonly a: Interval;
    readonly b: Interval;
    readonly ratio: Interval | null;
    readonly difference: Interval;
    readonly certain: boolean;
}

/** The ranks of a curve: even on a scale of deviates, so that the tails have room. */
export const CURVE: readonly number[] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6,
    0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999,
];

/** Those that are told in words. */
export const NAMED: readonly number[] = [0.5, 0.9, 0.99, 0.999];

export function readComparing(search: string): Comparing {
    const query = new URLSearchParams(search);
    const a = side(query, "a", null);
    return { a, b: side(query, "b", a), facet: query.get("facet") ?? "" };
}

/** The side of a name; b is of a's capture and aggregate unless it says otherwise. */
function side(query: URLSearchParams, name: "a" | "b", like: Side | null): Side | null {
    const id = query.get(name) ?? (query.has(`${name}From`) || query.has(`${name}To`) ? like?.id : undefined);
    if (!id) {
        return null;
    }
    return {
        id,
        agg: whole(query.get(`${name}Agg`)) ?? like?.agg ?? 0,
        from: whole(query.get(`${name}From`)),
        to: whole(query.get(`${name}To`)),
    };
}

function whole(text: string | null): number | null {
    return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** The address that shows this comparison again. */
export function comparingPath({ a, b, facet }: Comparing): string {
    const query = new URLSearchParams();
    for (const [name, one] of [
        ["a", a],
        ["b", b],
    ] as const) {
        if (one) {
            query.set(name, one.id);
            query.set(`${name}Agg`, String(one.agg));
            if (one.from !== null) query.set(`${name}From`, String(one.from));
            if (one.to !== null) query.set(`${name}To`, String(one.to));
        }
    }
    if (facet) {
        query.set("facet", facet);
    }
    const text = query.toString();
    return text ? `/compare?${text}` : "/compare";
}

export function withRange(side: Side, range: TimeRange | null): Side {
    return { ...side, from: range?.from ?? null, to: range?.to ?? null };
}

/** How many standard deviations a rank of a normal distribution lies from its middle (Acklam's approximation). */
export function deviate(q: number): number {
    if (q < 0.02425) {
        const t = Math.sqrt(-2 * Math.log(q));
        return (
            polynomial(
                t,
                -7.784894002430293e-3,
                -0.3223964580411365,
                -2.400758277161838,
                -2.549732539343734,
                4.374664141464968,
                2.938163982698783,
            ) / polynomial(t, 7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1)
        );
    }
    if (q > 0.97575) {
        return -deviate(1 - q);
    }
    const t = q - 0.5;
    const r = t * t;
    return (
        (t *
            polynomial(
                r,
                -39.69683028665376,
                220.9460984245205,
                -275.9285104469687,
                138.357751867269,
                -30.66479806614716,
                2.506628277459239,
            )) /
        polynomial(
            r,
            -54.47609879822406,
            161.5858368580409,
            -155.6989798598866,
            66.80131188771972,
            -13.28068155288572,
            1,
        )
    );
}

function polynomial(x: number, ...coefficients: readonly number[]): number {
    return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

/** The ratios that the plot must show: at least 0.5 to 2, in whole octaves. */
export function ratioOctaves(shifts: readonly Shift[]): number {
    const farthest = shifts.reduce((most, { ratio }) => {
        return ratio && ratio.value > 0 ? Math.max(most, Math.abs(Math.log2(ratio.value))) : most;
    }, 0);
    return Math.min(20, Math.max(1, Math.ceil(farthest)));
}

/** A ratio as people say it: ×1.4. */
export function formatRatio(ratio: number): string {
    return `×${ratio >= 100 ? ratio.toFixed(0) : Number(ratio.toPrecision(3))}`;
}

/** p50, p99.9 */
export function rankName(q: number): string {
    return `p${Number((q * 100).toPrecision(6))}`;
}

/** By how much a key moved, for sorting: the part of the 99th percentile's change that is beyond its error. */
export function evidence(shifts: readonly Shift[]): number {
    const shift = shifts[shifts.length - 1];
    if (!shift?.certain) {
        return 0;
    }
    if (shift.ratio) {
        return Math.min(Math.abs(Math.log2(shift.ratio.low)), Math.abs(Math.log2(shift.ratio.high)));
    }
    return Math.abs(shift.difference.value) > 0 ? 1e-9 : 0;
}
