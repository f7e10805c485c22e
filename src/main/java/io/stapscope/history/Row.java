package io.stapscope.history;

import org.jspecify.annotations.Nullable;

/** What waits to be written. Values are absolute, so writing one twice changes nothing. */
sealed interface Row {
    /** Number of the last window in it: a newer row replaces an older one, never the other way. */
    long seq();

    /**
     * A minute of a series.
     *
     * @param minute of the capture, from 0
     * @param histogram null for a counter
     */
    record Minute(
            SeriesKey series,
            int minute,
            long seq,
            long n,
            long sum,
            long min,
            long max,
            byte @Nullable [] histogram,
            byte[] chunk)
            implements Row {}

    /** A series over the whole capture so far; the histogram is null for a counter. */
    record Whole(SeriesKey series, long seq, long n, long sum, long min, long max, byte @Nullable [] histogram)
            implements Row {}

    /**
     * Time that is not in the windows, or only in part.
     *
     * @param fromMillis since the start of the capture
     * @param toMillis exclusive
     * @param lost rows that are not stored, -1 when nobody can tell
     */
    record Gap(long fromMillis, long toMillis, GapReason reason, long lost, String detail) {
        /** Both together: from the same moment for the same reason. */
        Gap plus(Gap other) {
            long sum = lost < 0 || other.lost < 0 ? -1 : lost + other.lost;
            return new Gap(fromMillis, Math.max(toMillis, other.toMillis), reason, sum, detail);
        }
    }

    /**
     * What is known about a minute of the capture.
     *
     * @param secondsKnown bit s = second s was observed
     */
    record Known(int minute, long seq, long secondsKnown, LossRecord losses) implements Row {}
}
