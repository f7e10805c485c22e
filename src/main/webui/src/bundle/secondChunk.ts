import { ByteReader } from "../protocol/reader";
import { BundleError } from "./bundleError";
import { bounded, checked, forEachInRuns } from "./byteCodes";
import { RangeDecoder } from "./rangeDecoder";
import { inflate } from "./zip";

export const SECONDS = 60;

const DEFLATED = 1;
const CODED = 2;

/** More than every bucket in every second takes. */
const MOST_BYTES = 1 << 20;

/** Receives one count of a second of the minute. */
export type VisitSecond = (second: number, bucket: number, count: number) => void;

/** All counts of a minute that are not 0; the bytes are described at SecondChunk of the service. */
export async function readSeconds(bytes: Uint8Array, visit: VisitSecond): Promise<void> {
    if (bytes[0] === DEFLATED) {
        readRows(new ByteReader(await inflate(bytes.subarray(1), MOST_BYTES)), visit);
    } else if (bytes[0] === CODED) {
        readCoded(bytes, visit);
    } else {
        throw new BundleError(`seconds have the format ${bytes[0] ?? "of nothing"} instead of ${DEFLATED} or ${CODED}`);
    }
}

function readRows(reader: ByteReader, visit: VisitSecond): void {
    let bucket = 0;
    for (let rows = bounded(reader); rows > 0; rows--) {
        bucket = checked(bucket + reader.zz());
        let second = -1;
        for (let used = reader.uv(); used > 0; used--) {
            second += 1 + reader.uv();
            if (second >= SECONDS) {
                throw new BundleError(`a minute has a second ${second}`);
            }
            visit(second, bucket, reader.uv());
        }
    }
}

function readCoded(bytes: Uint8Array, visit: VisitSecond): void {
    const reader = new ByteReader(bytes);
    reader.u8();
    const buckets: number[] = [];
    forEachInRuns(reader, (bucket) => buckets.push(bucket));
    const model = new SecondModel(new RangeDecoder(CONTEXTS, bytes, bytes.length - reader.remaining), buckets.length);
    for (let second = 0; second < SECONDS; second++) {
        const counts = model.second();
        counts?.forEach((count, i) => {
            if (count !== 0) {
                visit(second, buckets[i] ?? 0, count);
            }
        });
    }
    model.end();
}

const ONE = 256;
const SMALL = 2 * ONE;
const PLACES = 12;
const MOST_RAW = 16;
const LEVELS = 18;
const OCTAVES = 64;
const LONGEST = 64;

/** In 256ths a double holds no larger one exactly. */
const LARGEST = 2 ** 45;

const SECOND = 0;
const COUNTS = SECOND + 2;
const ZEROS = COUNTS + LEVELS * PLACES;
const OTHERS = ZEROS + OCTAVES * 2;
const DIFFERENCES = OTHERS + OCTAVES * 2;
const BITS = DIFFERENCES + OCTAVES * PLACES;
const CONTEXTS = BITS + LONGEST;

/** How the counts of a minute are coded, second by second: what SecondModel of the service describes, read. */
class SecondModel {
    private readonly counts: Float64Array;
    private readonly expected: Float64Array;
    private readonly zero: Uint8Array;
    private readonly other: Uint8Array;
    private seconds = 0;
    private used = 0;

    constructor(
        private readonly coder: RangeDecoder,
        buckets: number,
    ) {
        this.counts = new Float64Array(buckets);
        this.expected = new Float64Array(buckets);
        this.zero = new Uint8Array(buckets);
        this.other = new Uint8Array(buckets);
    }

    /** The counts of the next second, valid until the one after; null where it has none. */
    second(): Float64Array | null {
        this.used = this.coder.bit(SECOND + this.used) ? 1 : 0;
        if (!this.used) {
            return null;
        }
        let before = 0;
        const weight = 2 ** Math.min(4, this.seconds === 0 ? 0 : octaveOf(this.seconds) + 1);
        for (let i = 0; i < this.counts.length; i++) {
            const old = this.expected[i] ?? 0;
            const guess = this.seconds === 0 ? before : old;
            const count = guess < SMALL ? this.unary(COUNTS + PLACES * levelOf(guess)) : this.large(i, guess);
            if (!(count >= 0 && count < LARGEST)) {
                throw new BundleError(`a second counts ${count}, this page reads less than ${LARGEST}`);
            }
            this.counts[i] = count;
            this.zero[i] = count === 0 ? 1 : 0;
            before = count * ONE;
            this.expected[i] = this.seconds === 0 ? before : old + Math.floor((before - old) / weight);
        }
        this.seconds++;
        return this.counts;
    }

    end(): void {
        if (this.coder.left > 0) {
            throw new BundleError(`seconds have ${this.coder.left} bytes too many`);
        }
    }

    private large(bucket: number, guess: number): number {
        const whole = Math.floor((guess + ONE / 2) / ONE);
        const octave = octaveOf(whole);
        this.other[bucket] = this.coder.bit(OTHERS + 2 * octave + (this.other[bucket] ?? 0)) ? 1 : 0;
        if (!this.other[bucket]) {
            return whole;
        }
        if (!this.coder.bit(ZEROS + 2 * octave + (this.zero[bucket] ?? 0))) {
            return 0;
        }
        const low = Math.min(MOST_RAW, Math.floor(octave / 2) + 1);
        const high = this.unary(DIFFERENCES + PLACES * octave);
        const all = high * 2 ** low + this.coder.raw(low) + 1;
        return whole + (all % 2 === 0 ? all / 2 : -(all + 1) / 2);
    }

    private unary(contexts: number): number {
        for (let place = 0; place < PLACES; place++) {
            if (!this.coder.bit(contexts + place)) {
                return place;
            }
        }
        return PLACES + this.number();
    }

    private number(): number {
        let bits = 0;
        while (bits < LONGEST && this.coder.bit(BITS + bits)) {
            bits++;
        }
        let number = 0;
        for (let at = 0; at < bits; at += MOST_RAW) {
            number += this.coder.raw(Math.min(MOST_RAW, bits - at)) * 2 ** at;
        }
        return number;
    }
}

/** 0, 1, then two for each octave. */
function levelOf(guess: number): number {
    if (guess < 2) {
        return guess;
    }
    const octave = octaveOf(guess);
    return 2 * octave + ((guess >>> (octave - 1)) & 1);
}

/** floor(log2) of a whole number from 1 on. */
function octaveOf(value: number): number {
    return value < 2 ** 32 ? 31 - Math.clz32(value) : 63 - Math.clz32(Math.floor(value / 2 ** 32));
}
