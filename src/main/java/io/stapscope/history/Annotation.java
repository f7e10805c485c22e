package io.stapscope.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A note on a capture.
 *
 * @param id 0 before it is stored
 * @param agg null for the capture as a whole
 * @param fromMillis since 1970
 * @param toMillis the same for a moment
 * @param low the least value it is about; null for all
 * @param high the greatest
 */
public record Annotation(
        long id,
        UUID capture,
        @Nullable Integer agg,
        long fromMillis,
        long toMillis,
        @Nullable Long low,
        @Nullable Long high,
        String author,
        String text,
        long createdAtMillis) {
    /** As much as a screen shows. */
    public static final int MOST_SIGNS = 4_000;

    public Annotation {
        if (fromMillis > toMillis) {
            throw new IllegalArgumentException("from=" + fromMillis + " is after to=" + toMillis);
        }
        if (low != null && high != null && low > high) {
            throw new IllegalArgumentException("low=" + low + " is above high=" + high);
        }
        if (text.isBlank() || text.length() > MOST_SIGNS) {
            throw new IllegalArgumentException(
                    "a text of 1 to " + MOST_SIGNS + " signs is needed, not " + text.length());
        }
    }
}
