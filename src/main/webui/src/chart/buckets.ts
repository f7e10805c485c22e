/**
 * The log-linear buckets of base 2 with eight buckets per octave, lower bound inclusive, as the kernel counts them.
 * Numbers are signed: the bucket of a negative value is the mirror of its magnitude's, and 0 has bucket 0.
 */
export const PRECISION = 3;
const PER_OCTAVE = 1 << PRECISION;

/** Bucket numbers of all 64-bit integers lie within this of zero. */
export const GREATEST_BUCKET = 488;

/** A value interpolated inside its bucket is at most this part of itself away from the true one. */
export const BOUND = 0.125;

export function bucketOf(value: number): number {
    return value >= 0 ? indexOf(value) : -indexOf(-value);
}

function indexOf(magnitude: number): number {
    if (magnitude < PER_OCTAVE) {
        return Math.floor(magnitude);
    }
    let exponent = Math.floor(Math.log2(magnitude));
    // log2 rounds up just below a power of two from 2^49 on.
    if (2 ** exponent > magnitude) {
        exponent--;
    }
    const within = Math.floor(magnitude / 2 ** (exponent - PRECISION)) - PER_OCTAVE;
    return (exponent - PRECISION + 1) * PER_OCTAVE + within;
}

/** Least magnitude of bucket number `index` >= 0. */
function edge(index: number): number {
    if (index < PER_OCTAVE) {
        return index;
    }
    return (PER_OCTAVE + (index % PER_OCTAVE)) * 2 ** (Math.floor(index / PER_OCTAVE) - 1);
}

/** Least value of a bucket. */
export function least(bucket: number): number {
    return bucket >= 0 ? edge(bucket) : -(edge(-bucket + 1) - 1);
}

/** Greatest value of a bucket: values are integers, so one less than the next bucket's least. */
export function greatest(bucket: number): number {
    return bucket >= 0 ? edge(bucket + 1) - 1 : -edge(-bucket);
}

/** Where a value lies on the scale of bucket numbers; the part after the point is its place in the bucket. */
export function positionOf(value: number): number {
    const magnitude = Math.abs(value);
    const index = indexOf(magnitude);
    const low = edge(index);
    const position = index + (magnitude - low) / (edge(index + 1) - low);
    return value >= 0 ? position : -position;
}
