package io.stapscope.api.message;

import io.stapscope.history.QuantilesRecord;
import java.util.List;

/**
 * Quantiles over time and as a whole, in the order in which they were asked. {@code errors} say for each value how far the
 * exact quantile can be from it.
 *
 * @param bound greatest relative error of a value
 * @param coverage the exact range
 */
public record QuantilesMessage(double bound, CoverageMessage coverage, List<Column> columns, Whole whole) {
    public record Column(long t, long n, boolean gap, List<Double> values, List<Double> errors) {}

    /** @param sumExact false when the sum of a part of a minute is taken from the middles of its buckets */
    public record Whole(
            long n, long sum, boolean sumExact, long min, long max, List<Double> values, List<Double> errors) {}

    public static QuantilesMessage of(QuantilesRecord quantiles) {
        var whole = quantiles.whole();
        return new QuantilesMessage(
                quantiles.bound(),
                CoverageMessage.of(quantiles.coverage()),
                quantiles.columns().stream()
                        .map(column -> new Column(
                                column.startMillis(), column.count(), column.gap(), column.values(), column.errors()))
                        .toList(),
                new Whole(
                        whole.count(),
                        whole.sum(),
                        whole.sumExact(),
                        whole.min(),
                        whole.max(),
                        whole.values(),
                        whole.errors()));
    }
}
