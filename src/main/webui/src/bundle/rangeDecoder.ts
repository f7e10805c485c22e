const HALF = 1 << 15;
const SURE = 32;
const SLOWEST = 63;
const RATES = Uint16Array.from({ length: SLOWEST + 1 }, (_, n) => Math.floor(131_072 / (2 * n + 5)));

/** Gives the bits that the service's RangeCoder encoded, which describes how. */
export class RangeDecoder {
    private readonly zeros: Uint16Array;
    private readonly seen: Uint8Array;
    private at: number;
    private code = 0;
    private range = 0xffffffff;

    constructor(
        contexts: number,
        private readonly bytes: Uint8Array,
        from: number,
    ) {
        this.zeros = new Uint16Array(contexts).fill(HALF);
        this.seen = new Uint8Array(contexts);
        this.at = from;
        for (let i = 0; i < 4; i++) {
            this.code = ((this.code << 8) | this.next()) >>> 0;
        }
    }

    bit(context: number): boolean {
        const zero = this.zeros[context] ?? HALF;
        const n = this.seen[context] ?? 0;
        // Less than 2^20 times less than 2^12: within 32 bits.
        const bound = (this.range >>> 12) * (zero >>> 4);
        const bit = this.code >= bound;
        if (bit) {
            this.code -= bound;
            this.range -= bound;
        } else {
            this.range = bound;
        }
        this.zeros[context] = zero + Math.floor((((bit ? SURE : 65_536 - SURE) - zero) * (RATES[n] ?? 0)) / 65_536);
        this.seen[context] = Math.min(n + 1, SLOWEST);
        this.normalize();
        return bit;
    }

    /** At most 16 bits, each as likely 0 as 1. */
    raw(bits: number): number {
        this.range >>>= bits;
        // Damaged bytes may give more than there is room for.
        const number = Math.min(Math.floor(this.code / this.range), 2 ** bits - 1);
        this.code -= number * this.range;
        this.normalize();
        return number;
    }

    /** Bytes that nothing asked for. */
    get left(): number {
        return this.bytes.length - this.at;
    }

    private normalize(): void {
        while (this.range < 2 ** 24) {
            this.range = (this.range << 8) >>> 0;
            this.code = ((this.code << 8) | this.next()) >>> 0;
        }
    }

    private next(): number {
        return this.bytes[this.at++] ?? 0;
    }
}
