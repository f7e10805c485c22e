package io.stapscope.history;

import java.util.List;

/**
 * A series as columns of buckets, one per step, without holes.
 *
 * @param fromMillis start of the first column, since 1970
 * @param toMillis end of the last column
 * @param precision of the buckets, see {@link io.stapscope.statistics.Buckets}; where it is less than 3, a bucket number is
 *     that of the first of those which were folded into one
 * @param coverage the exact range; the first and the last column hold only what is within it
 */
public record HeatmapRecord(
        long fromMillis, long toMillis, long stepMillis, int precision, Coverage coverage, List<Column> columns) {
    public HeatmapRecord {
        columns = List.copyOf(columns);
    }

    /**
     * One step.
     *
     * @param startMillis since 1970
     * @param gap nothing is known about this step; never true together with a count
     * @param buckets ascending bucket numbers
     * @param counts of each bucket
     */
    public record Column(long startMillis, long count, boolean gap, int[] buckets, long[] counts) {}
}
