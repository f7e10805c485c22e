import { greatest, GREATEST_BUCKET, least } from "./buckets";
import type { Column } from "./column";

/** Counts by bucket, ascending; the same arithmetic as the server's, so that live and stored numbers agree. */
export interface Histogram {
    readonly buckets: ArrayLike<number>;
    readonly counts: ArrayLike<number>;
    readonly total: number;
}

export const EMPTY: Histogram = { buckets: [], counts: [], total: 0 };

/** Sums are made often and one after the other: they share their memory. */
const SUMS = new Float64Array(2 * GREATEST_BUCKET + 1);

/** Sums the columns, or the part of them between two bucket numbers. */
export function merge(columns: Iterable<Column>, first = -GREATEST_BUCKET, last = GREATEST_BUCKET): Histogram {
    const sums = SUMS.fill(0);
    let total = 0;
    for (const { buckets, counts } of columns) {
        for (let i = 0; i < buckets.length; i++) {
            const bucket = buckets[i] ?? 0;
            if (bucket >= first && bucket <= last) {
                const count = counts[i] ?? 0;
                sums[bucket + GREATEST_BUCKET] = (sums[bucket + GREATEST_BUCKET] ?? 0) + count;
                total += count;
            }
        }
    }
    const buckets: number[] = [];
    const found: number[] = [];
    sums.forEach((count, i) => {
        if (count > 0) {
            buckets.push(i - GREATEST_BUCKET);
            found.push(count);
        }
    });
    return { buckets, counts: found, total };
}

/** The value below or at which the part `q` of all values lies, interpolated inside its bucket; null when empty. */
export function quantile(histogram: Histogram, q: number): number | null {
    const size = histogram.buckets.length;
    if (size === 0 || histogram.total === 0) {
        return null;
    }
    const rank = q * histogram.total;
    let before = 0;
    let at = 0;
    while (at < size - 1 && before + (histogram.counts[at] ?? 0) < rank) {
        before += histogram.counts[at++] ?? 0;
    }
    const bucket = histogram.buckets[at] ?? 0;
    const part = Math.min(1, Math.max(0, (rank - before) / (histogram.counts[at] ?? 1)));
    const low = least(bucket);
    return low + part * (greatest(bucket) - low);
}

/** What is in the first but not in the second, bucket by bucket; a part is never more than its whole. */
export function without(whole: Histogram, part: Histogram): Histogram {
    const buckets: number[] = [];
    const counts: number[] = [];
    let total = 0;
    for (let i = 0, j = 0; i < whole.buckets.length; i++) {
        const bucket = whole.buckets[i] ?? 0;
        while (j < part.buckets.length && (part.buckets[j] ?? 0) < bucket) {
            j++;
        }
        const count = (whole.counts[i] ?? 0) - (part.buckets[j] === bucket ? (part.counts[j] ?? 0) : 0);
        if (count > 0) {
            buckets.push(bucket);
            counts.push(count);
            total += count;
        }
    }
    return { buckets, counts, total };
}

/** Part of all values that lie in or below a bucket: the percentile of the bucket's upper edge. */
export function partUpTo(histogram: Histogram, bucket: number): number {
    let below = 0;
    for (let i = 0; i < histogram.buckets.length && (histogram.buckets[i] ?? 0) <= bucket; i++) {
        below += histogram.counts[i] ?? 0;
    }
    return histogram.total === 0 ? 0 : below / histogram.total;
}
