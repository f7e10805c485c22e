package io.stapscope.api.message;

import io.stapscope.history.HeatmapRecord;
import java.util.List;

/**
 * A series as columns of buckets. Times are milliseconds since 1970.
 *
 * @param precision 3; less where buckets were folded: a number is that of the first of them
 * @param coverage the exact range; the first and the last column hold only what is within it
 */
public record HeatmapMessage(
        long from, long to, long stepMillis, int precision, CoverageMessage coverage, List<Column> columns) {
    /** @param buckets pairs of bucket number and count, ascending */
    public record Column(long t, long n, boolean gap, long[][] buckets) {}

    public static HeatmapMessage of(HeatmapRecord heatmap) {
        return new HeatmapMessage(
                heatmap.fromMillis(),
                heatmap.toMillis(),
                heatmap.stepMillis(),
                heatmap.precision(),
                CoverageMessage.of(heatmap.coverage()),
                heatmap.columns().stream().map(HeatmapMessage::column).toList());
    }

    private static Column column(HeatmapRecord.Column column) {
        var pairs = new long[column.buckets().length][];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new long[] {column.buckets()[i], column.counts()[i]};
        }
        return new Column(column.startMillis(), column.count(), column.gap(), pairs);
    }
}
