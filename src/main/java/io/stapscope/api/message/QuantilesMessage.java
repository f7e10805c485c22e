package io.stapscope.api.message;

import io.stapscope.history.QuantilesRecord;
import java.util.List;

/**
 * Quantiles over time and as a whole, in the order in which they were asked.
 *
 * @param bound greatest relative error of a value
 */
public record QuantilesMessage(double bound, List<Column> columns, Whole whole) {
    public record Column(long t, long n, boolean gap, List<Double> values) {}

    public record Whole(long n, long sum, long min, long max, List<Double> values) {}

    public static QuantilesMessage of(QuantilesRecord quantiles) {
        var whole = quantiles.whole();
        return new QuantilesMessage(
                quantiles.bound(),
                quantiles.columns().stream()
                        .map(column -> new Column(column.startMillis(), column.count(), column.gap(), column.values()))
                        .toList(),
                new Whole(whole.count(), whole.sum(), whole.min(), whole.max(), whole.values()));
    }
}
