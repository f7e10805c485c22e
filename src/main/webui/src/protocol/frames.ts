import type { LogLine, Losses, RunState, Series } from "./model";
import { ByteReader, FrameError } from "./reader";

/** What a frame's flags say about its interval. */
export const PARTIAL = 1;
export const GAP = 2;
export const LOST = 4;

/**
 * One interval of one aggregate, packed: series `ids[i]` has `counts[i]` values and the buckets from `ends[i - 1]` to
 * `ends[i]`. Ids ascend, so a series is found by halving; drawing code takes sub-arrays and copies nothing.
 */
export interface Interval {
    readonly start: number;
    readonly length: number;
    readonly ids: Uint32Array;
    readonly counts: BigUint64Array;
    readonly ends: Uint32Array;
    readonly buckets: Int16Array;
    readonly bucketCounts: Float64Array;
}

export interface DictFrame extends Header {
    readonly type: "dict";
    readonly series: readonly ToldSeries[];
    /** How many series the facet has had so far. */
    readonly of: number;
}

export interface ToldSeries extends Series {
    /** Count since the run began, without the intervals that come after this frame; as text, exact beyond 2^53. */
    readonly count: string;
}

export interface SnapshotFrame extends Header {
    readonly type: "snapshot";
    readonly columns: readonly { readonly seq: number; readonly flags: number; readonly interval: Interval }[];
    readonly totals: readonly { readonly id: number; readonly count: bigint }[];
}

export interface DeltaFrame extends Header {
    readonly type: "delta";
    /** Sequence number of the first merged interval: `seq` itself unless the server coalesced. */
    readonly firstSeq: number;
    readonly interval: Interval;
}

export interface StatsFrame extends Header {
    readonly type: "stats";
    readonly stats: Losses & { readonly t: number };
}

export interface LogFrame extends Header {
    readonly type: "log";
    readonly lines: readonly LogLine[];
    readonly dropped: number;
}

export interface EventFrame extends Header {
    readonly type: "event";
    readonly event: RunEvent;
}

export interface RunEvent {
    readonly t: number;
    readonly kind: string;
    readonly text: string;
    readonly state: RunState | null;
}

interface Header {
    readonly flags: number;
    readonly agg: number;
    readonly seq: number;
}

export type Frame = DictFrame | SnapshotFrame | DeltaFrame | StatsFrame | LogFrame | EventFrame;

/** Decodes one binary message. Unknown types give null, so that an older page survives a newer server. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
    const reader = new ByteReader(bytes);
    const type = reader.u8();
    const header: Header = { flags: reader.u8(), agg: reader.u16(), seq: reader.u32() };
    switch (type) {
        case 1:
            return { type: "dict", ...header, ...(reader.json() as Pick<DictFrame, "series" | "of">) };
        case 2:
            return { type: "snapshot", ...header, ...readSnapshot(reader) };
        case 3:
            return { type: "delta", ...header, firstSeq: header.seq, interval: readInterval(reader) };
        case 5:
            return { type: "stats", ...header, stats: reader.json() as StatsFrame["stats"] };
        case 6:
            return { type: "log", ...header, ...(reader.json() as Pick<LogFrame, "lines" | "dropped">) };
        case 7:
            return { type: "event", ...header, event: reader.json() as RunEvent };
        case 8: {
            const firstSeq = reader.uv();
            return { type: "delta", ...header, firstSeq, interval: readInterval(reader) };
        }
        default:
            return null;
    }
}

function readSnapshot(reader: ByteReader): Pick<SnapshotFrame, "columns" | "totals"> {
    const columns = Array.from({ length: count(reader) }, () => ({
        seq: reader.uv(),
        flags: reader.u8(),
        interval: readInterval(reader),
    }));
    const totals = Array.from({ length: count(reader) }, () => ({ id: reader.uv(), count: reader.uvBig() }));
    return { columns, totals };
}

function readInterval(reader: ByteReader): Interval {
    const start = reader.uv();
    const length = reader.uv();
    const seriesCount = count(reader);
    const ids = new Uint32Array(seriesCount);
    const counts = new BigUint64Array(seriesCount);
    const ends = new Uint32Array(seriesCount);
    const buckets: number[] = [];
    const bucketCounts: number[] = [];
    let id = 0;
    for (let i = 0; i < seriesCount; i++) {
        id += reader.uv();
        ids[i] = id;
        counts[i] = reader.uvBig();
        let bucket = 0;
        for (let left = count(reader); left > 0; left--) {
            bucket += reader.zz();
            buckets.push(bucket);
            bucketCounts.push(reader.uv());
        }
        ends[i] = buckets.length;
    }
    return {
        start,
        length,
        ids,
        counts,
        ends,
        buckets: Int16Array.from(buckets),
        bucketCounts: Float64Array.from(bucketCounts),
    };
}

/** A length cannot exceed the bytes that are left: a broken frame must not make us allocate gigabytes. */
function count(reader: ByteReader): number {
    const value = reader.uv();
    if (value > reader.remaining) {
        throw new FrameError("length beyond the end of the frame");
    }
    return value;
}
