package io.stapscope.tracer;

import java.util.List;

/**
 * What happened between two snapshots.
 *
 * @param number from 0, without holes
 * @param startNanos CLOCK_MONOTONIC
 * @param endNanos CLOCK_MONOTONIC, exclusive
 * @param wallOffsetNanos add it to a monotonic time to get nanoseconds since 1970
 * @param opened series seen for the first time, before their first delta
 * @param deltas only series that changed
 * @param losses cumulative since the start of the run
 */
public record Window(
        long number,
        long startNanos,
        long endNanos,
        long wallOffsetNanos,
        List<Series> opened,
        List<Delta> deltas,
        Losses losses) {
    public Window {
        opened = List.copyOf(opened);
        deltas = List.copyOf(deltas);
    }

    /**
     * One statistic or counter with one key.
     *
     * @param id dense from 0 within the run
     * @param global id of the global variable in the plan
     * @param keys Long, String (byte string) or {@link Stack} parts; empty for a scalar
     */
    public record Series(int id, int global, List<Object> keys) {
        public Series {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A part of a key that is a stack.
     *
     * @param addresses as the script holds them
     * @param frames names of functions as byte strings, outermost first
     */
    public record Stack(String addresses, List<String> frames) {
        public Stack {
            frames = List.copyOf(frames);
        }
    }

    /**
     * What a series gained in the window.
     *
     * @param count values fed, or the increase of a counter
     * @param sum of the values, wraps at 64 bits; equals count for a counter
     * @param min least value since the run began
     * @param max greatest value since the run began
     * @param buckets signed bucket numbers of {@code statistics.Buckets}, ascending; empty for a counter
     * @param counts of each bucket; together they equal {@code count}
     */
    public record Delta(int series, long count, long sum, long min, long max, int[] buckets, long[] counts) {}
}
