package io.stapscope.history;

import java.util.List;

/** The largest series of a facet; {@code total} counts all of the facet. */
public record SeriesPage(List<SeriesSummary> series, long total) {
    public SeriesPage {
        series = List.copyOf(series);
    }

    /**
     * A series over the whole capture. The quantiles are 0 for a counter.
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
}
