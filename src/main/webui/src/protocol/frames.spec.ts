import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeFrame, type Frame, type Interval } from "./frames";
import { FrameError } from "./reader";

const SAMPLES = new URL("../../../../test/resources/protocol/", import.meta.url);

interface Sample {
    readonly about: string;
    readonly hex: string;
    readonly decoded: unknown;
}

const samples = readdirSync(SAMPLES)
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name, JSON.parse(readFileSync(new URL(name, SAMPLES), "utf8")) as Sample] as const);

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));

/** The samples write a number that a double cannot hold as decimal text. */
const plain = (value: bigint) => (value > BigInt(Number.MAX_SAFE_INTEGER) ? value.toString() : Number(value));

function seriesOf(interval: Interval): unknown[] {
    return [...interval.ids].map((id, i) => {
        const from = i === 0 ? 0 : interval.ends[i - 1];
        const pairs = [...interval.buckets.subarray(from, interval.ends[i])];
        const counts = interval.bucketCounts.subarray(from, interval.ends[i]);
        return { id, count: plain(interval.counts[i] ?? 0n), buckets: pairs.map((bucket, j) => [bucket, counts[j]]) };
    });
}

const intervalOf = (interval: Interval) => ({
    startMillis: interval.start,
    lengthMillis: interval.length,
    series: seriesOf(interval),
});

/** The frame in the words of the samples. */
function inSampleForm(frame: Frame): unknown {
    const head = { type: frame.type, flags: frame.flags, agg: frame.agg, seq: frame.seq };
    switch (frame.type) {
        case "dict":
            return { ...head, series: frame.series, of: frame.of };
        case "snapshot": {
            const columns = frame.columns.map(({ seq, flags, interval }) => ({ seq, flags, ...intervalOf(interval) }));
            return { ...head, columns, totals: frame.totals.map(({ id, count }) => ({ id, count: plain(count) })) };
        }
        case "delta": {
            const merged = frame.firstSeq !== frame.seq ? { type: "coalesced", firstSeq: frame.firstSeq } : {};
            return { ...head, ...merged, ...intervalOf(frame.interval) };
        }
        case "stats":
            return { ...head, ...frame.stats };
        case "log":
            return { ...head, lines: frame.lines, dropped: frame.dropped };
        case "event":
            return { ...head, ...frame.event };
    }
}

describe("decodeFrame", () => {
    it.each(samples)("reads the shared sample %s as the server wrote it", (_, sample) => {
        const frame = decodeFrame(bytesOf(sample.hex));
        expect(frame).not.toBeNull();
        expect(inSampleForm(frame as Frame)).toEqual(sample.decoded);
    });

    it.each(samples)("refuses every shortened form of %s or reads it, but never hangs", (_, sample) => {
        const bytes = bytesOf(sample.hex);
        for (let length = 0; length < bytes.length; length++) {
            try {
                decodeFrame(bytes.subarray(0, length));
            } catch (error) {
                expect(error instanceof FrameError || error instanceof SyntaxError).toBe(true);
            }
        }
    });

    it("passes over a type it does not know", () => {
        expect(decodeFrame(bytesOf("7f00000000000000"))).toBeNull();
    });

    it("refuses a length that the frame cannot hold", () => {
        expect(() => decodeFrame(bytesOf("0300000001000000" + "00" + "01" + "ffffffff0f"))).toThrow(FrameError);
    });
});
