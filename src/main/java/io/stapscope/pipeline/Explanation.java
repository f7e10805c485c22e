package io.stapscope.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What sets a box of the heat map apart from the rest of the kept intervals: for each way to split the aggregate, how many of
 * its values each series has inside and outside. Intervals that no longer keep their facets are left out of both.
 *
 * @param inside values in the box
 * @param rest values of the same intervals and of all others, outside of the box
 * @param splits by the kinds of key present
 */
public record Explanation(long inside, long rest, List<Split> splits) {
    static final int MOST_ROWS = 12;

    /** A series with fewer values than this weighs less than half of what it differs by. */
    static final long EVIDENCE = 30;

    public Explanation {
        splits = List.copyOf(splits);
    }

    /**
     * @param series all series of this facet, also those that are not listed
     * @param rows those that differ most, the most telling first
     */
    public record Split(Facet facet, int series, List<Row> rows) {}

    public record Row(int series, List<Key> keys, long inside, long rest) {}

    /**
     * A part of the heat map.
     *
     * @param fromMillis since the run began
     * @param toMillis exclusive
     * @param first least bucket number
     * @param last greatest bucket number
     */
    public record Box(long fromMillis, long toMillis, int first, int last) {
        /** As the page decides it: a column that only touches the box by its rounding is not in it. */
        boolean covers(long startMillis, long endMillis) {
            return startMillis < toMillis - 1 && endMillis > fromMillis + 1;
        }

        /** A counter has no buckets: only time tells what is inside. */
        long inside(SeriesDelta delta) {
            if (delta.buckets().length == 0) {
                return delta.count();
            }
            long sum = 0;
            for (int i = 0; i < delta.buckets().length; i++) {
                int bucket = delta.buckets()[i];
                sum += bucket >= first && bucket <= last ? delta.counts()[i] : 0;
            }
            return sum;
        }
    }

    static Explanation of(
            int agg, List<Interval> intervals, Box box, RunClock clock, Map<Facet, List<LiveSeries>> series) {
        var counts = new HashMap<Facet, Map<Integer, long[]>>();
        for (var interval : intervals) {
            if (interval.partial()) {
                continue;
            }
            boolean covered = box.covers(clock.millis(interval.startNanos()), clock.millis(interval.endNanos()));
            interval.aggregate(agg).facets().forEach((facet, deltas) -> {
                var ofFacet = counts.computeIfAbsent(facet, _ -> new HashMap<>());
                for (var delta : deltas) {
                    long within = covered ? box.inside(delta) : 0;
                    var sums = ofFacet.computeIfAbsent(delta.series(), _ -> new long[2]);
                    sums[0] += within;
                    sums[1] += delta.count() - within;
                }
            });
        }
        var total = counts.getOrDefault(Facet.TOTAL, Map.of()).getOrDefault(0, new long[2]);
        var splits = new ArrayList<Split>();
        for (var facet : Facet.values()) {
            var known = series.getOrDefault(facet, List.of());
            if (facet != Facet.TOTAL && !known.isEmpty()) {
                splits.add(split(facet, known, counts.getOrDefault(facet, Map.of()), total));
            }
        }
        return new Explanation(total[0], total[1], splits);
    }

    private static Split split(Facet facet, List<LiveSeries> known, Map<Integer, long[]> counts, long[] total) {
        var rows = known.stream()
                .filter(each -> counts.containsKey(each.id()))
                .map(each -> {
                    var sums = counts.getOrDefault(each.id(), total);
                    return new Row(each.id(), each.keys(), sums[0], sums[1]);
                })
                .sorted(Comparator.comparingDouble((Row row) -> -weight(row, total))
                        .thenComparingInt(Row::series))
                .limit(MOST_ROWS)
                .toList();
        return new Split(facet, known.size(), rows);
    }

    /** By how much the shares differ, times how much there is to go by; what is there explains more than what is missing. */
    private static double weight(Row row, long[] total) {
        double difference = share(row.inside(), total[0]) - share(row.rest(), total[1]);
        double values = row.inside() + (double) row.rest();
        return (difference < 0 ? -difference / 2 : difference) * values / (values + EVIDENCE);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
