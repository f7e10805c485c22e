package io.stapscope.history;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question about one series, or about several added up, over a time range.
 *
 * @param series numbers within the aggregate, 0 = total; several must be of one facet, or values count more than once
 * @param fromMillis since 1970; null = the start of the capture
 * @param toMillis exclusive; null = its end, or the last stored window while it runs
 * @param columns at most, 1 to {@link #MAX_COLUMNS}
 */
public record SeriesRange(
        UUID capture,
        int agg,
        List<Integer> series,
        @Nullable Long fromMillis,
        @Nullable Long toMillis,
        int columns) {
    /** More than any screen shows. */
    public static final int MAX_COLUMNS = 2_000;

    public static final int MAX_SERIES = 1_000;

    public SeriesRange {
        series = series.stream().distinct().toList();
        if (columns < 1 || columns > MAX_COLUMNS) {
            throw new IllegalArgumentException("columns=" + columns + " is not within 1 to " + MAX_COLUMNS);
        }
        if (series.isEmpty() || series.size() > MAX_SERIES) {
            throw new IllegalArgumentException(series.size() + " series are not within 1 to " + MAX_SERIES);
        }
        if (fromMillis != null && toMillis != null && fromMillis >= toMillis) {
            throw new IllegalArgumentException("from=" + fromMillis + " is not before to=" + toMillis);
        }
    }

    public SeriesRange(
            UUID capture, int agg, int series, @Nullable Long fromMillis, @Nullable Long toMillis, int columns) {
        this(capture, agg, List.of(series), fromMillis, toMillis, columns);
    }
}
