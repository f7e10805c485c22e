package io.stapscope.statistics;

/**
 * The log-linear buckets of base 2: {@code 2^p} buckets of equal width in each octave, lower bound inclusive. Bucket
 * numbers are signed: a negative value's bucket is the mirror of its magnitude's, and 0 is bucket 0.
 *
 * <pre>
 * index(v), v >= 0:  v                                        for v < 2^p
 *                    ((e - p + 1) << p) + ((v >> (e - p)) - 2^p)   with e = floor(log2 v)
 * bucket(v)       =  index(v) for v >= 0, -index(-v) for v < 0
 * </pre>
 *
 * At p = 3 a bucket is at most 12.5 % wide, so its midpoint is within 6.25 % of each of its values.
 */
public final class Buckets {
    /** Sub-bucket bits of every statistic in the kernel and in the store. */
    public static final int PRECISION = 3;

    /** Greatest bucket number at {@link #PRECISION}; the least is its negative. */
    public static final int MAX = index(Long.MIN_VALUE, PRECISION);

    /** A bucket's midpoint is at most this part of a value away from it. */
    public static final double MIDPOINT_ERROR = 1.0 / (1 << (PRECISION + 1));

    /**
     * A value interpolated inside a bucket is at most this part of itself away from the true one: the whole width. In
     * practice it is far nearer, since values spread over the bucket.
     */
    public static final double INTERPOLATION_ERROR = 1.0 / (1 << PRECISION);

    private Buckets() {}

    /** Bucket number of a magnitude, read as unsigned (2^63 is the magnitude of the least long). */
    public static int index(long magnitude, int precision) {
        if (Long.compareUnsigned(magnitude, 1L << precision) < 0) {
            return (int) magnitude;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(magnitude);
        int within = (int) (magnitude >>> (exponent - precision)) - (1 << precision);
        return ((exponent - precision + 1) << precision) + within;
    }

    /** Bucket number of a value at {@link #PRECISION}. */
    public static int of(long value) {
        return value >= 0 ? index(value, PRECISION) : -index(-value, PRECISION);
    }

    /** Least value of a bucket. */
    public static long lower(int bucket) {
        check(bucket);
        return bucket >= 0 ? leastMagnitude(bucket) : -greatestMagnitude(-bucket);
    }

    /** Greatest value of a bucket. */
    public static long greatest(int bucket) {
        check(bucket);
        return bucket >= 0 ? greatestMagnitude(bucket) : -leastMagnitude(-bucket);
    }

    /** One above the greatest value of a bucket; {@link Long#MAX_VALUE} where that cannot be said. */
    public static long upper(int bucket) {
        long greatest = greatest(bucket);
        return greatest == Long.MAX_VALUE ? greatest : greatest + 1;
    }

    /** The value in the middle: at most {@link #MIDPOINT_ERROR} of itself away from each value of the bucket. */
    public static double midpoint(int bucket) {
        return lower(bucket) / 2.0 + greatest(bucket) / 2.0;
    }

    /** The bucket of {@code @hist_log} that holds all of this one: k + 1 for {@code [2^k, 2^(k+1))}, mirrored below 0. */
    public static int toLog(int bucket) {
        check(bucket);
        int index = index(leastMagnitude(Math.abs(bucket)), 0);
        return bucket >= 0 ? index : -index;
    }

    /**
     * The bucket nearest to zero of those that form one bucket of a smaller precision. Pairs of neighbours merge exactly, so
     * counts folded by this are the counts of the smaller precision under the number of their first bucket.
     */
    public static int fold(int bucket, int precision) {
        check(bucket);
        long magnitude = leastMagnitude(Math.abs(bucket));
        int drop = 63 - Long.numberOfLeadingZeros(magnitude | 1) - precision;
        int folded = index(drop <= 0 ? magnitude : magnitude >>> drop << drop, PRECISION);
        return bucket >= 0 ? folded : -folded;
    }

    /** Least value of those buckets that were folded into one, see {@link #fold}. */
    public static long foldedLower(int folded, int precision) {
        return folded >= 0 ? lower(folded) : lower(-lastOf(-folded, precision));
    }

    public static long foldedGreatest(int folded, int precision) {
        return folded >= 0 ? greatest(lastOf(folded, precision)) : greatest(folded);
    }

    private static int lastOf(int folded, int precision) {
        int last = folded;
        while (last < MAX && fold(last + 1, precision) == folded) {
            last++;
        }
        return last;
    }

    /** Least magnitude of a bucket of {@code @hist_log}, with the sign of the bucket. */
    public static long logEdge(int logBucket) {
        if (logBucket == 0) {
            return 0;
        }
        long magnitude = 1L << (Math.abs(logBucket) - 1);
        return logBucket > 0 ? magnitude : -magnitude;
    }

    static void check(int bucket) {
        if (bucket < -MAX || bucket > MAX) {
            throw new IllegalArgumentException("bucket " + bucket + " is not within -" + MAX + " and " + MAX);
        }
    }

    /** Unsigned; 2^63 for the last bucket, which only the least long falls into. */
    private static long leastMagnitude(int index) {
        int size = 1 << PRECISION;
        if (index < size) {
            return index;
        }
        int octave = (index >> PRECISION) - 1;
        return (long) (size + (index & (size - 1))) << octave;
    }

    private static long greatestMagnitude(int index) {
        return index == MAX ? Long.MIN_VALUE : leastMagnitude(index + 1) - 1;
    }
}
