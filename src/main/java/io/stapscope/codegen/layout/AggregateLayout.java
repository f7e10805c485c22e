package io.stapscope.codegen.layout;

import io.stapscope.compiler.ir.Global.LinearScale;
import io.stapscope.statistics.Buckets;
import org.jspecify.annotations.Nullable;

/**
 * One CPU's aggregate of one series.
 *
 * <pre>
 *    0 u64 count   8 s64 sum   16 s64 min   24 s64 max     min and max mean nothing while count is 0
 *   32 u32[977] log-linear buckets: bucket b (-488 to 488) at index b + 488
 * 3940 u32 below, u32 above, u32[n] between               only with a linear scale
 * </pre>
 *
 * All counters wrap. The kernel adds without locks, one writer for each CPU; a reader may see count and buckets
 * disagree by the value being added.
 *
 * @param linear linear buckets between below and above, 0 without a linear scale
 */
public record AggregateLayout(int linear) {
    public static final int COUNT = 0;
    public static final int SUM = 8;
    public static final int MIN = 16;
    public static final int MAX = 24;
    public static final int BUCKETS = 32;
    public static final int BUCKET_COUNT = 2 * Buckets.MAX + 1;
    public static final int LINEAR_BELOW = BUCKETS + 4 * BUCKET_COUNT;
    public static final int LINEAR_ABOVE = LINEAR_BELOW + 4;
    public static final int LINEAR = LINEAR_ABOVE + 4;

    public static AggregateLayout of(@Nullable LinearScale scale) {
        return new AggregateLayout(scale == null ? 0 : scale.buckets());
    }

    /** Byte of a log-linear bucket. */
    public static int bucket(int number) {
        return BUCKETS + 4 * (number + Buckets.MAX);
    }

    public int size() {
        return Align.toWords(linear == 0 ? LINEAR_BELOW : LINEAR + 4 * linear);
    }
}
