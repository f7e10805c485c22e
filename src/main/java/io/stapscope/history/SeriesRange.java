package io.stapscope.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question about one series over a time range.
 *
 * @param series number within the aggregate, 0 = total
 * @param fromMillis since 1970; null = the start of the capture
 * @param toMillis exclusive; null = its end, or the last stored window while it runs
 * @param columns at most, 1 to {@link #MAX_COLUMNS}
 */
public record SeriesRange(
        UUID capture,
        int agg,
        int series,
        @Nullable Long fromMillis,
        @Nullable Long toMillis,
        int columns) {
    /** More than any screen shows. */
    public static final int MAX_COLUMNS = 2_000;

    public SeriesRange {
        if (columns < 1 || columns > MAX_COLUMNS) {
            throw new IllegalArgumentException("columns=" + columns + " is not within 1 to " + MAX_COLUMNS);
        }
        if (fromMillis != null && toMillis != null && fromMillis >= toMillis) {
            throw new IllegalArgumentException("from=" + fromMillis + " is not before to=" + toMillis);
        }
    }
}
