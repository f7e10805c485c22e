package io.stapscope.api.live;

import java.util.Arrays;

/** A growing little-endian byte string with LEB128 numbers. */
final class FrameBytes {
    private byte[] bytes = new byte[256];
    private int length;

    FrameBytes u8(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) value;
        return this;
    }

    FrameBytes u16(int value) {
        return u8(value).u8(value >>> 8);
    }

    FrameBytes u32(long value) {
        return u16((int) value).u16((int) (value >>> 16));
    }

    /** Unsigned LEB128: all 64 bits of {@code value}. */
    FrameBytes unsigned(long value) {
        long rest = value;
        while (Long.compareUnsigned(rest, 0x7f) > 0) {
            u8((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return u8((int) rest);
    }

    /** Zigzag LEB128: small magnitudes of either sign are short. */
    FrameBytes signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    FrameBytes bytes(byte[] more) {
        if (bytes.length - length < more.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
