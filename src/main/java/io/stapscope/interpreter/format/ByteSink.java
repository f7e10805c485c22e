package io.stapscope.interpreter.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes under construction, reused from one text to the next. For one thread. */
public final class ByteSink {
    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private byte[] bytes;
    private int size;

    public ByteSink() {
        this(256);
    }

    public ByteSink(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    public void append(int oneByte) {
        reserve(1);
        bytes[size++] = (byte) oneByte;
    }

    /** Appends a byte string. */
    public void append(String text) {
        append(text, text.length());
    }

    /** Appends the first {@code length} bytes of a byte string. */
    @SuppressWarnings("deprecation") // The one way to copy the low bytes of chars that neither loops nor allocates.
    public void append(String text, int length) {
        reserve(length);
        text.getBytes(0, length, bytes, size);
        size += length;
    }

    public void append(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    public void repeat(int oneByte, int times) {
        if (times > 0) {
            reserve(times);
            Arrays.fill(bytes, size, size + times, (byte) oneByte);
            size += times;
        }
    }

    /** Decimal digits with a minus where needed. */
    public void appendDecimal(long value) {
        if (value < 0) {
            append('-');
        }
        appendUnsigned(value < 0 ? -value : value, 10, false, digits(value < 0 ? -value : value, 10));
    }

    /**
     * The lowest {@code count} digits of an unsigned number in base 8, 10 or 16, zeros in front where it has fewer.
     */
    void appendUnsigned(long value, int base, boolean upper, int count) {
        reserve(count);
        long rest = value;
        int at = size + count - 1;
        if (base == 10) {
            if (rest < 0) {
                long quotient = Long.divideUnsigned(rest, 10);
                bytes[at--] = (byte) ('0' + (rest - quotient * 10));
                rest = quotient;
            }
            while (rest > Integer.MAX_VALUE) {
                long quotient = rest / 10;
                bytes[at--] = (byte) ('0' + (rest - quotient * 10));
                rest = quotient;
            }
            // Most numbers are small, and dividing ints is several times faster.
            int small = (int) rest;
            for (; at >= size; at--) {
                int quotient = small / 10;
                bytes[at] = (byte) ('0' + (small - quotient * 10));
                small = quotient;
            }
        } else {
            int shift = base == 16 ? 4 : 3;
            int letters = (upper ? 'A' : 'a') - 10;
            for (; at >= size; at--) {
                int digit = (int) rest & (base - 1);
                bytes[at] = (byte) (digit + (digit < 10 ? '0' : letters));
                rest >>>= shift;
            }
        }
        size += count;
    }

    /** Digits of an unsigned number in base 8, 10 or 16; 1 for zero. */
    static int digits(long value, int base) {
        int bits = 64 - Long.numberOfLeadingZeros(value | 1);
        if (base != 10) {
            int perDigit = base == 16 ? 4 : 3;
            return (bits + perDigit - 1) / perDigit;
        }
        if (value < 0) {
            return Long.compareUnsigned(value, Long.parseUnsignedLong("10000000000000000000")) >= 0 ? 20 : 19;
        }
        int digits = 1;
        while (digits < 19 && value >= POWERS_OF_TEN[digits]) {
            digits++;
        }
        return digits;
    }

    public int size() {
        return size;
    }

    /** Forgets everything from {@code newSize} on. */
    public void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    public void clear() {
        size = 0;
    }

    /** The array behind it, valid up to {@link #size()} and until the next change. */
    public byte[] array() {
        return bytes;
    }

    /** What it holds as a byte string. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
