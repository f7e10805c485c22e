package io.stapscope.statistics;

/**
 * How the counts of a minute's buckets are coded, second by second: each by how far it is from what the seconds before let
 * expect. One description for both directions, see {@link RangeCoder}.
 *
 * <p>A second begins with a bit that says whether it has values. What is expected of a bucket is the mean of its counts in the
 * seconds with values so far, in 256ths: after the first it is that count, then it moves to each by a half, a quarter (of two), an
 * eighth (of four) and a sixteenth of the way, rounded down. In the first it is the count of the bucket before.
 *
 * <ul>
 *   <li>Less than 2 is expected: the count, unary, in contexts by the expected size in half octaves.
 *   <li>More: a bit that says whether the count is another than the expected one, rounded to whole numbers, in contexts by the
 *       octave o of that and by whether the last count was another, too. If so, a bit that says whether it is not 0, in contexts by
 *       o and by whether the last count was not. If so, the zigzag of the difference minus 1: without its lowest
 *       k = min(16, o / 2 + 1) bits unary in contexts by o; then these k bits as they are.
 *   <li>Unary is a 1 for each and then a 0, each place with a context of its own; after 12 ones the rest, as a number.
 *   <li>A number is unary how many bits it has, with one context for each place, then these bits as they are, 16 at a time, the
 *       lowest first.
 * </ul>
 */
final class SecondModel {
    private static final int ONE = 256;
    private static final int SMALL = 2 * ONE;
    private static final int PLACES = 12;
    private static final int MOST_RAW = 16;
    private static final int LEVELS = 18;
    private static final int OCTAVES = 64;
    private static final long LARGEST_EXPECTED = 1L << 50;

    /** Contexts: whether a second has values, after one without and after one with; then the others. */
    private static final int SECOND = 0;

    private static final int COUNTS = SECOND + 2;
    private static final int ZEROS = COUNTS + LEVELS * PLACES;
    private static final int OTHERS = ZEROS + OCTAVES * 2;
    private static final int DIFFERENCES = OTHERS + OCTAVES * 2;
    private static final int BITS = DIFFERENCES + OCTAVES * PLACES;
    static final int CONTEXTS = BITS + Long.SIZE;

    private final RangeCoder coder;
    private final long[] expected;
    private final boolean[] zero;
    private final boolean[] other;
    private int seconds;
    private boolean used;

    SecondModel(RangeCoder coder, int buckets) {
        this.coder = coder;
        this.expected = new long[buckets];
        this.zero = new boolean[buckets];
        this.other = new boolean[buckets];
    }

    /** One second: the counts are coded, or decoded into the array. Whether there are any; else the array is as it was. */
    boolean second(long[] counts, boolean any) {
        used = coder.bit(SECOND + (used ? 1 : 0), any);
        if (!used) {
            return false;
        }
        long before = 0;
        int weight = Math.min(4, 32 - Integer.numberOfLeadingZeros(seconds));
        for (int i = 0; i < expected.length; i++) {
            long guess = seconds == 0 ? before : expected[i];
            long count = guess < SMALL ? small(guess, counts[i]) : large(i, guess, counts[i]);
            if (count < 0) {
                throw new MalformedHistogramException("count " + count);
            }
            counts[i] = count;
            zero[i] = count == 0;
            before = Math.min(count, LARGEST_EXPECTED) * ONE;
            expected[i] = seconds == 0 ? before : expected[i] + (before - expected[i] >> weight);
        }
        seconds++;
        return true;
    }

    private long small(long guess, long count) {
        return unary(COUNTS + PLACES * level((int) guess), count);
    }

    /** 0, 1, then two for each octave. */
    private static int level(int guess) {
        if (guess < 2) {
            return guess;
        }
        int octave = 31 - Integer.numberOfLeadingZeros(guess);
        return 2 * octave + (guess >>> octave - 1 & 1);
    }

    private long large(int bucket, long guess, long count) {
        long whole = guess + ONE / 2 >> 8;
        int octave = 63 - Long.numberOfLeadingZeros(whole);
        other[bucket] = coder.bit(OTHERS + 2 * octave + (other[bucket] ? 1 : 0), count != whole);
        if (!other[bucket]) {
            return whole;
        }
        if (!coder.bit(ZEROS + 2 * octave + (zero[bucket] ? 1 : 0), count != 0)) {
            return 0;
        }
        int low = Math.min(MOST_RAW, octave / 2 + 1);
        long difference = count - whole;
        long zigzag = (difference << 1 ^ difference >> 63) - 1;
        long high = unary(DIFFERENCES + PLACES * octave, zigzag >>> low);
        long all = (high << low | coder.raw(zigzag & (1L << low) - 1, low)) + 1;
        return whole + (all >>> 1 ^ -(all & 1));
    }

    private long unary(int contexts, long number) {
        for (int place = 0; place < PLACES; place++) {
            if (!coder.bit(contexts + place, Long.compareUnsigned(number, place) > 0)) {
                return place;
            }
        }
        return PLACES + number(number - PLACES);
    }

    private long number(long number) {
        int bits = 0;
        while (bits < Long.SIZE && coder.bit(BITS + bits, Long.SIZE - Long.numberOfLeadingZeros(number) > bits)) {
            bits++;
        }
        long decoded = 0;
        for (int at = 0; at < bits; at += MOST_RAW) {
            decoded |= coder.raw(number >>> at, Math.min(MOST_RAW, bits - at)) << at;
        }
        return decoded;
    }
}
