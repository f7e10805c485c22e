import { GREATEST_BUCKET } from "../chart/buckets";
import { ByteReader } from "../protocol/reader";
import { BundleError } from "./bundleError";

/** A bucket and how many values it has. */
export type Visit = (bucket: number, count: number) => void;

const PAIRS = 1;
const RUNS = 2;

/** The buckets of a stored histogram, ascending; the bytes are described at HistogramCodec of the service. */
export function readHistogram(bytes: Uint8Array, visit: Visit): void {
    const reader = new ByteReader(bytes);
    const version = reader.u8();
    if (version === PAIRS) {
        let bucket = 0;
        for (let left = bounded(reader); left > 0; left--) {
            bucket = checked(bucket + reader.zz());
            visit(bucket, reader.uv());
        }
    } else if (version === RUNS) {
        let count = 0;
        forEachInRuns(reader, (bucket) => visit(bucket, (count += reader.zz())));
    } else {
        throw new BundleError(`a histogram has the format ${version} instead of ${PAIRS} or ${RUNS}`);
    }
    if (reader.remaining > 0) {
        throw new BundleError(`a histogram has ${reader.remaining} bytes too many`);
    }
}

/** The numbers of buckets in runs that follow one another, ascending. */
export function forEachInRuns(reader: ByteReader, visit: (bucket: number) => void): void {
    let bucket = 0;
    for (let runs = bounded(reader); runs > 0; runs--) {
        bucket = checked(bucket + reader.zz());
        const last = checked(bucket + reader.uv());
        visit(bucket);
        while (bucket < last) {
            visit(++bucket);
        }
    }
}

export function checked(bucket: number): number {
    if (Math.abs(bucket) > GREATEST_BUCKET) {
        throw new BundleError(`there is no bucket ${bucket}`);
    }
    return bucket;
}

/** As many as there are buckets, at most. */
export function bounded(reader: ByteReader): number {
    const value = reader.uv();
    if (value > 2 * GREATEST_BUCKET + 1) {
        throw new BundleError(`${value} buckets are more than there are`);
    }
    return value;
}
