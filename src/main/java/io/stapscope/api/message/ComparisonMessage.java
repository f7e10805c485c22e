package io.stapscope.api.message;

import io.stapscope.history.ComparisonRecord;
import io.stapscope.history.Distribution;
import io.stapscope.statistics.Comparison;
import io.stapscope.statistics.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two ranges beside one another. An interval holds the true value in 95 of 100 samples of this size; the width of buckets
 * is in it.
 *
 * @param shifts in the order in which the quantiles were asked; empty when one side has no values
 * @param distance null then
 */
public record ComparisonMessage(
        Side a, Side b, List<Shift> shifts, @Nullable Distance distance, List<KeyShift> keys) {

    /** @param buckets pairs of bucket number and count, ascending */
    public record Side(
            CoverageMessage coverage, long n, long sum, boolean sumExact, long min, long max, long[][] buckets) {
        static Side of(Distribution side) {
            var histogram = side.histogram();
            var pairs = new long[histogram.size()][];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = new long[] {histogram.bucketAt(i), histogram.countAt(i)};
            }
            return new Side(
                    CoverageMessage.of(side.coverage()),
                    side.count(),
                    side.sum(),
                    side.sumExact(),
                    side.min(),
                    side.max(),
                    pairs);
        }
    }

    /** @param value the estimate */
    public record IntervalMessage(double value, double low, double high) {
        static IntervalMessage of(Sample.Estimate estimate) {
            return new IntervalMessage(estimate.value(), estimate.low(), estimate.high());
        }

        static IntervalMessage of(Comparison.Interval interval) {
            return new IntervalMessage(interval.value(), interval.low(), interval.high());
        }
    }

    /**
     * A quantile of both.
     *
     * @param ratio b / a; null when a value is not positive
     * @param difference b - a
     * @param certain whether the intervals of both keep clear of one another
     */
    public record Shift(
            double q,
            IntervalMessage a,
            IntervalMessage b,
            @Nullable IntervalMessage ratio,
            IntervalMessage difference,
            boolean certain) {
        static Shift of(Comparison.Shift shift) {
            var ratio = shift.ratio();
            return new Shift(
                    shift.q(),
                    IntervalMessage.of(shift.a()),
                    IntervalMessage.of(shift.b()),
                    ratio == null ? null : IntervalMessage.of(ratio),
                    IntervalMessage.of(shift.difference()),
                    shift.isCertain());
        }
    }

    /**
     * The distance of Kolmogorov and Smirnov: the greatest difference of the shares of values up to one limit.
     *
     * @param least as far as buckets tell
     * @param most with values anywhere in their buckets
     * @param at the limit where it is greatest
     * @param chance that two samples of one distribution, of independent values, are so far apart
     */
    public record Distance(double least, double most, long at, double chance) {}

    /** A key of both; {@code shifts} is empty when one side has too few values of it. */
    public record KeyShift(List<SeriesMessage.KeyMessage> keys, long a, long b, List<Shift> shifts) {
        static KeyShift of(ComparisonRecord.KeyShift shift) {
            return new KeyShift(
                    shift.keys().stream().map(SeriesMessage.KeyMessage::of).toList(),
                    shift.countA(),
                    shift.countB(),
                    shiftsOf(shift.comparison()));
        }
    }

    public static ComparisonMessage of(ComparisonRecord record) {
        var comparison = record.comparison();
        return new ComparisonMessage(
                Side.of(record.a()),
                Side.of(record.b()),
                shiftsOf(comparison),
                comparison == null ? null : distance(comparison.distance()),
                record.keys().stream().map(KeyShift::of).toList());
    }

    private static Distance distance(Comparison.Distance distance) {
        return new Distance(distance.least(), distance.most(), distance.at(), distance.chance());
    }

    private static List<Shift> shiftsOf(@Nullable Comparison comparison) {
        return comparison == null
                ? List.of()
                : comparison.shifts().stream().map(Shift::of).toList();
    }
}
