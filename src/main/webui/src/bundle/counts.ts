import { GREATEST_BUCKET, greatest, least } from "../chart/buckets";

/** Counts by bucket with a place for each bucket there is, for adding up many histograms. */
export class Counts {
    private readonly counts = new Float64Array(2 * GREATEST_BUCKET + 1);
    private first = GREATEST_BUCKET + 1;
    private last = -GREATEST_BUCKET - 1;
    total = 0;

    add(bucket: number, count: number): void {
        const at = bucket + GREATEST_BUCKET;
        this.counts[at] = (this.counts[at] ?? 0) + count;
        this.total += count;
        this.first = Math.min(this.first, bucket);
        this.last = Math.max(this.last, bucket);
    }

    merge(other: Counts): void {
        for (const [bucket, count] of other.used()) {
            this.add(bucket, count);
        }
    }

    /** Buckets in use with their counts, ascending. */
    used(): [number, number][] {
        const used: [number, number][] = [];
        for (let bucket = this.first; bucket <= this.last; bucket++) {
            const count = this.counts[bucket + GREATEST_BUCKET] ?? 0;
            if (count > 0) {
                used.push([bucket, count]);
            }
        }
        return used;
    }

    /**
     * The value at or below which the part `q` of all values lies, interpolated inside its bucket and clamped to the least
     * and the greatest value. Of nothing there is none.
     */
    quantile(q: number, min: number, max: number): number {
        const used = this.used();
        const rank = q * this.total;
        let before = 0;
        let at = 0;
        for (; at < used.length - 1 && before + (used[at]?.[1] ?? 0) < rank; at++) {
            before += used[at]?.[1] ?? 0;
        }
        const found = used[at];
        if (!found) {
            return Number.NaN;
        }
        const part = Math.min(1, Math.max(0, (rank - before) / found[1]));
        let [low, high] = [Math.max(least(found[0]), min), Math.min(greatest(found[0]), max)];
        if (high < low) {
            // Least and greatest value of another time range than the histogram's: the bucket is what is certain.
            [low, high] = [least(found[0]), greatest(found[0])];
        }
        return Math.min(high, Math.max(low, low + part * (high - low)));
    }
}
