/** A frame that does not follow the protocol: too short, or a number too large to be exact. */
export class FrameError extends Error {
    override readonly name = "FrameError";
}

/** Reads the little-endian and LEB128 numbers of a binary frame; every read checks the end. */
export class ByteReader {
    private readonly view: DataView;
    private offset = 0;

    constructor(private readonly bytes: Uint8Array) {
        this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }

    get remaining(): number {
        return this.bytes.length - this.offset;
    }

    u8(): number {
        return this.view.getUint8(this.advance(1));
    }

    u16(): number {
        return this.view.getUint16(this.advance(2), true);
    }

    u32(): number {
        return this.view.getUint32(this.advance(4), true);
    }

    /** Unsigned LEB128 as a number; refuses what a double cannot hold exactly. */
    uv(): number {
        let value = 0;
        let scale = 1;
        for (let length = 0; length < 10; length++) {
            const byte = this.u8();
            value += (byte & 0x7f) * scale;
            if (value > Number.MAX_SAFE_INTEGER) {
                throw new FrameError("number beyond 2^53");
            }
            if (byte < 0x80) {
                return value;
            }
            scale *= 128;
        }
        throw new FrameError("number longer than 10 bytes");
    }

    /** Unsigned LEB128 of up to 64 bits: totals may outgrow a double. */
    uvBig(): bigint {
        let value = 0n;
        for (let shift = 0n; shift < 70n; shift += 7n) {
            const byte = this.u8();
            value |= BigInt(byte & 0x7f) << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        throw new FrameError("number longer than 10 bytes");
    }

    /** Zigzag LEB128: small numbers of either sign in one byte. */
    zz(): number {
        const value = this.uv();
        return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }

    /** The rest of the frame as UTF-8 JSON, of a shape the server promises. */
    json(): unknown {
        return JSON.parse(new TextDecoder().decode(this.bytes.subarray(this.offset)));
    }

    private advance(length: number): number {
        if (this.remaining < length) {
            throw new FrameError("frame ends too early");
        }
        const at = this.offset;
        this.offset += length;
        return at;
    }
}
