package io.stapscope.tracer;

import io.stapscope.codegen.layout.AggregateLayout;
import io.stapscope.compiler.ir.Global;
import io.stapscope.statistics.Aggregate;
import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.LinearHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statistic with one key, since the start of the run. The kernel's counters are never reset: deleting it in the
 * script remembers what was counted so far and subtracts it from what the script sees.
 */
final class StatisticSeries {
    private final Global global;
    private final List<Object> key;
    private final int[] @Nullable [] seen;
    private final long[] absorbed;

    private final Histogram total = new Histogram();
    private final @Nullable LinearHistogram linear;
    private long userSum;
    private long kernelSum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private @Nullable Aggregate deleted;

    /** What the current window gained. */
    private final Histogram gained = new Histogram();

    private long reportedSum;
    private int id = -1;

    StatisticSeries(Global global, List<Object> key, int cpus) {
        this.global = global;
        this.key = key;
        this.seen = new int[cpus][];
        this.absorbed = new long[cpus];
        this.linear = linear(global);
    }

    static Aggregate empty(Global global) {
        return new Aggregate(linear(global));
    }

    private static @Nullable LinearHistogram linear(Global global) {
        var scale = global.linear();
        return scale == null ? null : new LinearHistogram(scale.low(), scale.high(), scale.width());
    }

    List<Object> key() {
        return key;
    }

    /** Number of the series within the run, -1 until it was opened. */
    int id() {
        return id;
    }

    void open(int number) {
        id = number;
    }

    /** Values taken in from a CPU: by the buckets, which are what the windows report. */
    long absorbed(int cpu) {
        return absorbed[cpu];
    }

    int[] seen(int cpu, AggregateLayout layout) {
        var found = seen[cpu];
        if (found == null) {
            found = new int[AggregateLayout.BUCKET_COUNT + (layout.linear() == 0 ? 0 : layout.linear() + 2)];
            seen[cpu] = found;
        }
        return found;
    }

    void absorb(int cpu, int bucket, long count) {
        absorbed[cpu] += count;
        total.addBucket(bucket, count);
        gained.addBucket(bucket, count);
    }

    void absorbLinear(int slot, long count) {
        if (linear != null) {
            linear.addSlot(slot, count);
        }
    }

    void absorbExtremes(long least, long greatest) {
        min = Math.min(min, least);
        max = Math.max(max, greatest);
    }

    void kernelSum(long sum) {
        kernelSum = sum;
    }

    void feed(long value) {
        total.add(value);
        gained.add(value);
        if (linear != null) {
            linear.add(value);
        }
        userSum += value;
        absorbExtremes(value, value);
    }

    private Aggregate cumulative() {
        return new Aggregate(
                total.count(), kernelSum + userSum, min, max, total.copy(), linear == null ? null : linear.copy());
    }

    /** What the script sees: everything since the last delete. */
    Aggregate visible() {
        var before = deleted;
        return before == null ? cumulative() : since(before);
    }

    /** The script deletes it. */
    void delete() {
        deleted = cumulative();
    }

    private Aggregate since(Aggregate before) {
        var remaining = new Histogram();
        total.forEach((bucket, count) -> {
            long more = count - before.histogram().countOf(bucket);
            if (more > 0) {
                remaining.addBucket(bucket, more);
            }
        });
        if (remaining.isEmpty()) {
            return empty(global);
        }
        // Exact extremes are known only since the start; the outermost buckets bound them since the delete.
        long least = Math.max(min, Buckets.lower(remaining.bucketAt(0)));
        long greatest = Math.min(max, Buckets.upper(remaining.bucketAt(remaining.size() - 1)) - 1);
        long sum = kernelSum + userSum - before.sum();
        return new Aggregate(remaining.count(), sum, least, greatest, remaining, linearSince(before.linear()));
    }

    private @Nullable LinearHistogram linearSince(@Nullable LinearHistogram before) {
        var remaining = linear(global);
        if (remaining == null || linear == null || before == null) {
            return remaining;
        }
        for (int slot = 0; slot < linear.size(); slot++) {
            remaining.addSlot(slot, linear.countAt(slot) - before.countAt(slot));
        }
        return remaining;
    }

    /** What was gained since the last call, null for nothing. */
    Window.@Nullable Delta takeDelta() {
        if (gained.isEmpty()) {
            return null;
        }
        long sum = kernelSum + userSum;
        var delta =
                new Window.Delta(id, gained.count(), sum - reportedSum, min, max, gained.buckets(), gained.counts());
        reportedSum = sum;
        gained.clear();
        return delta;
    }

    boolean hasGained() {
        return !gained.isEmpty();
    }
}
