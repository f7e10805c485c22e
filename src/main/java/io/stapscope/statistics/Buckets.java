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
}
