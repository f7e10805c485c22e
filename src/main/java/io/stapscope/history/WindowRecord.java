package io.stapscope.history;

import java.util.List;

/**
 * What every series of every facet gained in one window.
 *
 * @param number grows by one from window to window
 * @param startMillis since the start of the capture, by the monotonic clock
 * @param opened series seen for the first time, before their first delta
 * @param deltas only series that changed
 * @param losses cumulative at the end of the window
 */
public record WindowRecord(
        long number, long startMillis, long lengthMillis, List<Series> opened, List<Delta> deltas, LossRecord losses) {
    public WindowRecord {
        opened = List.copyOf(opened);
        deltas = List.copyOf(deltas);
    }

    /**
     * One series of a capture.
     *
     * @param number unique within (capture, agg) over all facets; 0 is the total. The live stream uses the same one
     * @param keys the parts of the facet; empty for the total
     */
    public record Series(int agg, int number, Facet facet, List<KeyPart> keys) {
        public Series {
            keys = List.copyOf(keys);
        }
    }

    /**
     * What a series gained.
     *
     * @param series its number within the aggregate
     * @param min least value since the start of the capture
     * @param max greatest value since the start of the capture
     * @param buckets signed bucket numbers, ascending; empty for a counter
     * @param counts of each bucket
     */
    public record Delta(int agg, int series, long count, long sum, long min, long max, int[] buckets, long[] counts) {}
}
