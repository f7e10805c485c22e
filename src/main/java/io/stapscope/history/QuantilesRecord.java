package io.stapscope.history;

import java.util.List;

/**
 * Quantiles of a series over time and as a whole, in the order in which they were asked.
 *
 * <p>{@code errors} say for each value how far the exact quantile can be from it: both lie in one bucket.
 *
 * @param bound greatest relative error of a value
 * @param coverage the exact range
 */
public record QuantilesRecord(double bound, Coverage coverage, List<Column> columns, Whole whole) {
    public QuantilesRecord {
        columns = List.copyOf(columns);
    }

    /** One step; {@code values} is empty where nothing was counted. */
    public record Column(long startMillis, long count, boolean gap, List<Double> values, List<Double> errors) {
        public Column {
            values = List.copyOf(values);
            errors = List.copyOf(errors);
        }
    }

    /**
     * The range as one distribution; {@code values} is empty when it holds nothing, min and max are 0 then.
     *
     * @param sumExact false when the range cuts a minute: the sum of that part is taken from the middles of its buckets
     */
    public record Whole(
            long count, long sum, boolean sumExact, long min, long max, List<Double> values, List<Double> errors) {
        public Whole {
            values = List.copyOf(values);
            errors = List.copyOf(errors);
        }
    }
}
