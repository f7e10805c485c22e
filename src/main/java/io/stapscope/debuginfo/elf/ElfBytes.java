package io.stapscope.debuginfo.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes of a little-endian file with words of 32 or 64 bits; reading outside of them is a format error, never another. */
final class ElfBytes {
    /** Longest name of anything: C++ makes names of some ten thousand letters. */
    static final int LONGEST_NAME = 1 << 16;

    private final ByteBuffer bytes;
    private final boolean wide;

    /** @param wide whether words have 64 bits */
    ElfBytes(ByteBuffer bytes, boolean wide) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.wide = wide;
    }

    /** Of other bytes of the same file. */
    ElfBytes of(ByteBuffer other) {
        return new ElfBytes(other, wide);
    }

    boolean wide() {
        return wide;
    }

    int wordSize() {
        return wide ? 8 : 4;
    }

    int size() {
        return bytes.limit();
    }

    int u8(long offset) {
        return Byte.toUnsignedInt(bytes.get(checked(offset, 1)));
    }

    int u16(long offset) {
        return Short.toUnsignedInt(bytes.getShort(checked(offset, 2)));
    }

    int i32(long offset) {
        return bytes.getInt(checked(offset, 4));
    }

    long u32(long offset) {
        return Integer.toUnsignedLong(i32(offset));
    }

    long i64(long offset) {
        return bytes.getLong(checked(offset, 8));
    }

    /** An unsigned word. */
    long word(long offset) {
        return wide ? i64(offset) : u32(offset);
    }

    /** @param what the part is, for the message */
    ByteBuffer slice(long offset, long size, String what) {
        if (offset < 0 || size < 0 || offset > bytes.limit() || size > bytes.limit() - offset) {
            throw new ElfFormatException(what + " reaches beyond the end of the file");
        }
        return bytes.slice((int) offset, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A name that ends with NUL or with the bytes, one char for each byte. */
    String text(long offset) {
        int start = checked(offset, 0);
        int end = start;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
            if (end - start > LONGEST_NAME) {
                throw new ElfFormatException("has a name of more than " + LONGEST_NAME + " bytes");
            }
        }
        var raw = new byte[end - start];
        bytes.get(start, raw);
        return new String(raw, StandardCharsets.ISO_8859_1);
    }

    private int checked(long offset, int size) {
        if (offset < 0 || offset > bytes.limit() - size) {
            throw new ElfFormatException("is cut off or damaged");
        }
        return (int) offset;
    }
}
