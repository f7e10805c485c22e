package io.stapscope.statistics;

import java.util.Arrays;

/**
 * Codes bits by how likely they are: the range coder of LZMA, whose probabilities learn. Encoder and decoder are asked in the
 * same way, so that what is coded is described once: {@link #bit} of the encoder takes the bit and gives it back, that of the
 * decoder takes no notice of it and gives the one that was encoded.
 *
 * <p>Each context has a probability that its bit is 0, in 65536ths, from 32768 on. After bit n (from 0) it moves towards 65504
 * for a 0, 32 for a 1, by {@code 131072 / (2 * min(n, 63) + 5)} 65536ths of the way, rounded down. The coder takes it in whole
 * 4096ths. The bytes are those of the encoder without the first, which is always 0, and without zeros at the end, which the
 * decoder puts back. For one thread.
 */
abstract sealed class RangeCoder {
    private static final int HALF = 1 << 15;
    private static final int SURE = 32;
    private static final int SEEN = 8;
    private static final int SLOWEST = 63;
    private static final int[] RATES = new int[SLOWEST + 1];

    static {
        for (int n = 0; n < RATES.length; n++) {
            RATES[n] = (2 << 16) / (2 * n + 5);
        }
    }

    /** Of each context the probability, and in the lowest byte how many bits came, up to SLOWEST. */
    private final int[] contexts;

    private RangeCoder(int count) {
        contexts = new int[count];
        Arrays.fill(contexts, HALF << SEEN);
    }

    static Encoder encoder(int contexts) {
        return new Encoder(contexts);
    }

    static RangeCoder decoder(int contexts, byte[] bytes, int from) {
        return new Decoder(contexts, bytes, from);
    }

    /** One bit in its context. */
    abstract boolean bit(int context, boolean bit);

    /** The lowest bits of a number, at most 16, each as likely 0 as 1. */
    abstract long raw(long number, int bits);

    /** How likely a 0 is, in 4096ths: more than 0 and less than 4096. */
    final int zero(int context) {
        return contexts[context] >>> SEEN + 4;
    }

    final void learn(int context, boolean bit) {
        int state = contexts[context];
        int zero = state >>> SEEN;
        int n = state & (1 << SEEN) - 1;
        zero += ((bit ? SURE : 65_536 - SURE) - zero) * RATES[n] >> 16;
        contexts[context] = zero << SEEN | Math.min(n + 1, SLOWEST);
    }

    static final class Encoder extends RangeCoder {
        private byte[] bytes = new byte[512];
        private int size;
        private long low;
        private int range = -1;
        private int cache;
        private int cached = 1;

        private Encoder(int contexts) {
            super(contexts);
        }

        @Override
        boolean bit(int context, boolean bit) {
            int bound = (range >>> 12) * zero(context);
            if (bit) {
                low += Integer.toUnsignedLong(bound);
                range -= bound;
            } else {
                range = bound;
            }
            learn(context, bit);
            normalize();
            return bit;
        }

        @Override
        long raw(long number, int bits) {
            range >>>= bits;
            low += (number & (1L << bits) - 1) * Integer.toUnsignedLong(range);
            normalize();
            return number;
        }

        private void normalize() {
            while (range >>> 24 == 0) {
                range <<= 8;
                shift();
            }
        }

        /** Moves the highest byte out, as soon as no carry can change it. */
        private void shift() {
            if (low < 0xff000000L || low > 0xffffffffL) {
                int carry = (int) (low >>> 32);
                for (int value = cache; cached > 0; value = 0xff) {
                    append(value + carry);
                    cached--;
                }
                cache = (int) (low >>> 24) & 0xff;
            }
            cached++;
            low = (low & 0x00ffffff) << 8;
        }

        private void append(int value) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * size);
            }
            bytes[size++] = (byte) value;
        }

        /** Everything, after bytes that stand before it; of the numbers that mean the same the one with most zeros. */
        byte[] finish(byte[] before) {
            long end = low + Integer.toUnsignedLong(range);
            for (int zeroBits = 24; zeroBits > 0; zeroBits -= 8) {
                long round = low + (1L << zeroBits) - 1 >>> zeroBits << zeroBits;
                if (round < end) {
                    low = round;
                    break;
                }
            }
            for (int i = 0; i < 5; i++) {
                shift();
            }
            int length = size;
            while (length > 1 && bytes[length - 1] == 0) {
                length--;
            }
            var all = Arrays.copyOf(before, before.length + length - 1);
            System.arraycopy(bytes, 1, all, before.length, length - 1);
            return all;
        }
    }

    private static final class Decoder extends RangeCoder {
        private final byte[] bytes;
        private int at;
        private int code;
        private int range = -1;

        Decoder(int contexts, byte[] bytes, int from) {
            super(contexts);
            this.bytes = bytes;
            at = from;
            for (int i = 0; i < 4; i++) {
                code = code << 8 | next();
            }
        }

        private int next() {
            int value = at < bytes.length ? bytes[at] & 0xff : 0;
            at++;
            return value;
        }

        @Override
        boolean bit(int context, boolean ignored) {
            int bound = (range >>> 12) * zero(context);
            boolean bit = Integer.compareUnsigned(code, bound) >= 0;
            if (bit) {
                code -= bound;
                range -= bound;
            } else {
                range = bound;
            }
            learn(context, bit);
            normalize();
            return bit;
        }

        @Override
        long raw(long ignored, int bits) {
            range >>>= bits;
            // Damaged bytes may give more than there is room for.
            int number = Math.min(Integer.divideUnsigned(code, range), (1 << bits) - 1);
            code -= number * range;
            normalize();
            return number;
        }

        private void normalize() {
            while (range >>> 24 == 0) {
                range <<= 8;
                code = code << 8 | next();
            }
        }

        @Override
        void end() {
            if (at < bytes.length) {
                throw new MalformedHistogramException((bytes.length - at) + " bytes too many");
            }
        }
    }

    /** Says that nothing more is coded: a decoder refuses bytes that are left. */
    void end() {}
}
