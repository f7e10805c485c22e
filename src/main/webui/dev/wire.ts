/** Development only: writes the binary frames that the page decodes. */

export type Counts = ReadonlyMap<number, number>;

export interface SyntheticInterval {
    readonly seq: number;
    readonly start: number;
    readonly length: number;
    readonly flags: number;
    /** Buckets by series id; id 0 is the total. */
    readonly series: ReadonlyMap<number, Counts>;
}

class Writer {
    private readonly bytes: number[] = [];

    header(type: number, flags: number, agg: number, seq: number): this {
        this.bytes.push(type, flags, agg & 255, agg >> 8);
        this.bytes.push(seq & 255, (seq >> 8) & 255, (seq >> 16) & 255, (seq >> 24) & 255);
        return this;
    }

    uv(value: number): this {
        let rest = value;
        while (rest >= 128) {
            this.bytes.push((rest % 128) | 128);
            rest = Math.floor(rest / 128);
        }
        this.bytes.push(rest);
        return this;
    }

    zz(value: number): this {
        return this.uv(value >= 0 ? value * 2 : -value * 2 - 1);
    }

    interval({ start, length, series }: SyntheticInterval): this {
        this.uv(start).uv(length).uv(series.size);
        let previous = 0;
        for (const [id, counts] of [...series].sort(([a], [b]) => a - b)) {
            this.uv(id - previous)
                .uv(sumOf(counts))
                .uv(counts.size);
            previous = id;
            let bucket = 0;
            for (const [b, count] of [...counts].sort(([x], [y]) => x - y)) {
                this.zz(b - bucket).uv(count);
                bucket = b;
            }
        }
        return this;
    }

    done(): Uint8Array {
        return Uint8Array.from(this.bytes);
    }
}

export function sumOf(counts: Counts): number {
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

export function jsonFrame(type: number, agg: number, seq: number, body: unknown): Uint8Array {
    const head = new Writer().header(type, 0, agg, seq).done();
    return Buffer.concat([head, Buffer.from(JSON.stringify(body))]);
}

export function deltaFrame(agg: number, interval: SyntheticInterval): Uint8Array {
    return new Writer().header(3, interval.flags, agg, interval.seq).interval(interval).done();
}

export function snapshotFrame(
    agg: number,
    seq: number,
    intervals: readonly SyntheticInterval[],
    totals: ReadonlyMap<number, number>,
): Uint8Array {
    const writer = new Writer().header(2, 0, agg, seq).uv(intervals.length);
    intervals.forEach((interval) => writer.uv(interval.seq).uv(interval.flags).interval(interval));
    writer.uv(totals.size);
    totals.forEach((count, id) => writer.uv(id).uv(count));
    return writer.done();
}
