package io.stapscope.history;

import io.stapscope.statistics.Histogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest series of a facet.
 *
 * @param total how many there are in all
 * @param coverage the exact range; null for the whole capture
 */
public record SeriesPage(
        List<SeriesSummary> series, long total, @Nullable Coverage coverage) {
    public SeriesPage {
        series = List.copyOf(series);
    }

    /**
     * A series over the whole capture or a range. The quantiles are 0 for a counter.
     *
     * @param number as in the live stream
     */
    public record SeriesSummary(
            int number,
            Facet facet,
            List<KeyPart> keys,
            long count,
            long sum,
            long min,
            long max,
            double p50,
            double p90,
            double p99,
            double p999) {
        public SeriesSummary {
            keys = List.copyOf(keys);
        }
    }

    static SeriesSummary summary(int number, Facet facet, List<KeyPart> keys, Distribution values) {
        return new SeriesSummary(
                number,
                facet,
                keys,
                values.count(),
                values.sum(),
                values.min(),
                values.max(),
                quantile(values, 0.5),
                quantile(values, 0.9),
                quantile(values, 0.99),
                quantile(values, 0.999));
    }

    private static double quantile(Distribution values, double q) {
        Histogram histogram = values.histogram();
        return histogram.isEmpty()
                ? 0
                : histogram.quantile(q, values.min(), values.max()).value();
    }
}
