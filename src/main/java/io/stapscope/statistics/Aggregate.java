package io.stapscope.statistics;

import org.jspecify.annotations.Nullable;

/**
 * What {@code <<<} keeps of the values fed to a statistic: exact count, sum, least and greatest value, and the
 * distribution. Mutable and for one thread. The sum wraps at 64 bits as the kernel's does.
 */
public final class Aggregate {
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private final Histogram histogram;
    private final @Nullable LinearHistogram linear;

    public Aggregate() {
        this(null);
    }

    /** Also counts by the scale of {@code linear}. */
    public Aggregate(@Nullable LinearHistogram linear) {
        this.histogram = new Histogram();
        this.linear = linear;
    }

    /** An aggregate as read from a map: the histogram becomes its own. */
    public Aggregate(long count, long sum, long min, long max, Histogram histogram, @Nullable LinearHistogram linear) {
        this.count = count;
        this.sum = sum;
        if (count != 0) {
            this.min = min;
            this.max = max;
        }
        this.histogram = histogram;
        this.linear = linear;
    }

    public void add(long value) {
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        histogram.add(value);
        if (linear != null) {
            linear.add(value);
        }
    }

    public void merge(Aggregate other) {
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        histogram.merge(other.histogram);
        if (linear != null && other.linear != null) {
            linear.merge(other.linear);
        }
    }

    public Aggregate copy() {
        return new Aggregate(count, sum, min, max, histogram.copy(), linear == null ? null : linear.copy());
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public long count() {
        return count;
    }

    public long sum() {
        return sum;
    }

    /** Greatest long when empty: the identity of merging. */
    public long min() {
        return min;
    }

    /** Least long when empty: the identity of merging. */
    public long max() {
        return max;
    }

    /** Truncated towards zero; there is none of an empty aggregate. */
    public long average() {
        if (count == 0) {
            throw new IllegalStateException("an empty aggregate has no average");
        }
        return sum / count;
    }

    public Histogram histogram() {
        return histogram;
    }

    /** Null unless the script asks for {@code @hist_linear} of it. */
    public @Nullable LinearHistogram linear() {
        return linear;
    }

    public Quantile quantile(double q) {
        return histogram.quantile(q, min, max);
    }

    @Override
    public String toString() {
        return "count " + count + " sum " + sum + " min " + min + " max " + max + " " + histogram;
    }
}
