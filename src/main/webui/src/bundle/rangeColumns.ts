import { BOUND, bucketOf, greatest, least, PRECISION } from "../chart/buckets";
import type { Coverage, HeatmapAnswer, Level, QuantilesAnswer } from "../protocol/http";
import { readHistogram } from "./byteCodes";
import { Counts } from "./counts";
import { columnOf, LENGTH, type Piece, type RangePlan } from "./rangePlan";
import { readSeconds, SECONDS } from "./secondChunk";

/** More rows than any screen shows: buckets are folded until they fit. */
const MOST_BUCKETS = 256;

/** A stored row without its distribution; `second` is that of its start. */
export interface Part {
    readonly second: number;
    readonly n: number;
    readonly sum: number;
    readonly min: number;
    readonly max: number;
}

/** Merges the rows of a range into the columns of its plan, as RangeColumns of the service does. */
export class RangeColumns {
    private readonly columns: readonly { readonly counts: Counts; n: number; known: boolean }[];
    private n = 0;
    private sum = 0;
    private min = Infinity;
    private max = -Infinity;

    constructor(
        private readonly plan: RangePlan,
        private readonly startedAt: number,
        private readonly counter: boolean,
    ) {
        this.columns = Array.from({ length: plan.columns }, () => ({ counts: new Counts(), n: 0, known: false }));
    }

    known(second: number): void {
        const column = this.columns[columnOf(this.plan, second)];
        if (column) {
            column.known = true;
        }
    }

    /** Bit s = second s of the minute was observed. */
    knownMinute(minute: number, seconds: bigint, piece: Piece): void {
        for (let second = 0; second < SECONDS; second++) {
            const at = minute + second;
            if ((seconds >> BigInt(second)) & 1n && at >= piece.from && at < piece.to) {
                this.known(at);
            }
        }
    }

    /** Adds a row that lies in one column; a counter's has no histogram. */
    add(part: Part, histogram: Uint8Array | null): void {
        const column = this.columns[columnOf(this.plan, part.second)];
        if (column) {
            column.n += part.n;
            if (histogram) {
                readHistogram(histogram, (bucket, n) => column.counts.add(bucket, n));
            }
            this.count(part.n, part.sum, part.min, part.max);
        }
    }

    /** Adds those seconds of a minute that are within the range. */
    async seconds(minute: Part, chunk: Uint8Array): Promise<void> {
        const inside = new Counts();
        let n = 0;
        await readSeconds(chunk, (second, bucket, count) => {
            const column = this.columns[columnOf(this.plan, minute.second + second)];
            if (column) {
                column.n += count;
                n += count;
                if (!this.counter) {
                    column.counts.add(bucket, count);
                    inside.add(bucket, count);
                }
            }
        });
        if (n === 0) {
            return;
        }
        const whole = this.plan.from <= minute.second && minute.second + LENGTH.minute <= this.plan.to;
        if (this.counter) {
            this.count(n, n, 0, 0);
        } else if (whole) {
            this.count(n, minute.sum, minute.min, minute.max);
        } else {
            this.countPart(inside, minute);
        }
    }

    /** Sums are stored by minute: of a part of one, the middles of its buckets give it. */
    private countPart(inside: Counts, minute: Part): void {
        const used = inside.used();
        const middles = used.reduce((sum, [bucket, n]) => sum + (least(bucket) / 2 + greatest(bucket) / 2) * n, 0);
        const low = Math.max(minute.min, least(used[0]?.[0] ?? 0));
        const high = Math.min(minute.max, greatest(used.at(-1)?.[0] ?? 0));
        this.count(inside.total, Math.round(middles), low, high);
    }

    private count(n: number, sum: number, low: number, high: number): void {
        this.n += n;
        this.sum += sum;
        this.min = Math.min(this.min, low);
        this.max = Math.max(this.max, high);
    }

    heatmap(): HeatmapAnswer {
        const precision = this.precision();
        return {
            from: this.millis(0),
            to: this.millis(this.columns.length),
            stepMillis: this.plan.step * 1000,
            precision,
            coverage: this.coverage(),
            columns: this.columns.map(({ counts, n, known }, i) => ({
                t: this.millis(i),
                n,
                // A stored count speaks for itself, whatever is known about its time.
                gap: !known && n === 0,
                buckets: foldedTo(counts, precision).used(),
            })),
        };
    }

    private coverage(): Coverage {
        const { from, to, finest, pieces } = this.plan;
        const millis = (second: number) => this.startedAt + second * 1000;
        const coarsest = pieces.reduce<Level>(
            (found, { level }) => (LENGTH[level] > LENGTH[found] ? level : found),
            "second",
        );
        return { from: millis(from), to: millis(to), coarsest, finest };
    }

    quantiles(asked: readonly number[]): QuantilesAnswer {
        const whole = new Counts();
        for (const { counts } of this.columns) {
            whole.merge(counts);
        }
        const empty = this.min > this.max;
        return {
            bound: BOUND,
            whole: {
                n: this.n,
                sum: this.sum,
                min: empty ? 0 : this.min,
                max: empty ? 0 : this.max,
                values: whole.total === 0 ? [] : asked.map((q) => whole.quantile(q, this.min, this.max)),
            },
        };
    }

    /** The greatest precision at which no more buckets than fit are in use. */
    private precision(): number {
        const used = new Set(this.columns.flatMap(({ counts }) => counts.used().map(([bucket]) => bucket)));
        for (let precision = PRECISION; precision > 0; precision--) {
            if (new Set([...used].map((bucket) => fold(bucket, precision))).size <= MOST_BUCKETS) {
                return precision;
            }
        }
        return 0;
    }

    private millis(column: number): number {
        return this.startedAt + (this.plan.firstSecond + column * this.plan.step) * 1000;
    }
}

function foldedTo(counts: Counts, precision: number): Counts {
    if (precision === PRECISION) {
        return counts;
    }
    const folded = new Counts();
    for (const [bucket, n] of counts.used()) {
        folded.add(fold(bucket, precision), n);
    }
    return folded;
}

/** The bucket nearest to zero of those that form one bucket of a smaller precision. */
export function fold(bucket: number, precision: number): number {
    const magnitude = least(Math.abs(bucket));
    const drop = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, magnitude))) - precision);
    const folded = bucketOf(Math.floor(magnitude / drop) * drop);
    return bucket >= 0 ? folded : -folded;
}
