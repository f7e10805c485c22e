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
    private final @Nullable Variance variance;

    public Aggregate() {
        this(null, -1);
    }

    /** Also counts by the scale of {@code linear}. */
    public Aggregate(@Nullable LinearHistogram linear) {
        this(linear, -1);
    }

    /** @param varianceShift of {@link Variance}, -1 for none */
    public Aggregate(@Nullable LinearHistogram linear, int varianceShift) {
        this.histogram = new Histogram();
        this.linear = linear;
        this.variance = varianceShift < 0 ? null : new Variance(varianceShift);
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
        this.variance = null;
    }

    private Aggregate(Aggregate of) {
        this.count = of.count;
        this.sum = of.sum;
        this.min = of.min;
        this.max = of.max;
        this.histogram = new Histogram();
        this.linear = null;
        this.variance = of.variance == null ? null : of.variance.copy();
    }

    /** A copy that has its numbers and not its distribution. */
    public Aggregate numbers() {
        return new Aggregate(this);
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
        if (variance != null) {
            variance.add(value);
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

    /** How values spread, as {@link Variance} has it; only of aggregates that were made for it. */
    public long variance() {
        if (variance == null) {
            throw new IllegalStateException("an aggregate without variance");
        }
        return variance.value();
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
