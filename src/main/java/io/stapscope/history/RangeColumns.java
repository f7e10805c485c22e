package io.stapscope.history;

import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.stapscope.statistics.Quantile;
import io.stapscope.statistics.SecondChunk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges the rows of a range into the columns of its plan. For one thread. */
final class RangeColumns {
    private final RangePlan plan;
    private final long startedAtMillis;
    private final boolean counter;
    private final Column[] columns;
    private final Histogram whole = new Histogram();
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private boolean sumExact = true;

    private static final class Column {
        final Histogram histogram = new Histogram();
        long count;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        boolean known;

        /** A stored count speaks for itself, whatever is known about its time. */
        boolean gap() {
            return !known && count == 0;
        }
    }

    RangeColumns(RangePlan plan, long startedAtMillis, boolean counter) {
        this.plan = plan;
        this.startedAtMillis = startedAtMillis;
        this.counter = counter;
        this.columns = new Column[plan.columns()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Column();
        }
    }

    void known(int minute, long secondsKnown) {
        for (int second = 0; second < SecondChunk.SECONDS; second++) {
            if ((secondsKnown >>> second & 1) != 0) {
                int at = plan.columnOf((long) minute * SecondChunk.SECONDS + second);
                if (at >= 0) {
                    columns[at].known = true;
                }
            }
        }
    }

    /**
     * @param histogram null for a counter
     * @param chunk only when the plan needs seconds
     */
    void minute(
            int minute,
            long n,
            long minuteSum,
            long least,
            long greatest,
            byte @Nullable [] histogram,
            byte @Nullable [] chunk) {
        if (chunk != null) {
            seconds(minute, chunk, minuteSum, least, greatest);
            return;
        }
        var column = columns[plan.columnOf((long) minute * SecondChunk.SECONDS)];
        column.count += n;
        if (histogram != null) {
            column.histogram.merge(HistogramCodec.decode(histogram));
            column.min = Math.min(column.min, least);
            column.max = Math.max(column.max, greatest);
        }
        add(n, minuteSum, least, greatest);
    }

    private void seconds(int minute, byte[] chunk, long minuteSum, long least, long greatest) {
        var inside = new Histogram();
        List<Histogram> seconds = SecondChunk.decode(chunk);
        for (int second = 0; second < SecondChunk.SECONDS; second++) {
            int at = plan.columnOf((long) minute * SecondChunk.SECONDS + second);
            if (at >= 0) {
                var each = seconds.get(second);
                columns[at].count += each.count();
                inside.merge(each);
                if (!counter) {
                    columns[at].histogram.merge(each);
                    columns[at].min = Math.min(columns[at].min, least);
                    columns[at].max = Math.max(columns[at].max, greatest);
                }
            }
        }
        if (inside.isEmpty()) {
            return;
        }
        if (counter) {
            add(inside.count(), inside.count(), 0, 0);
        } else if (plan.covers(minute)) {
            add(inside.count(), minuteSum, least, greatest);
        } else {
            addPartOfMinute(inside, least, greatest);
        }
    }

    /** Sums are stored by minute: of a part of one, the middles of its buckets give it. */
    private void addPartOfMinute(Histogram inside, long least, long greatest) {
        var middles = new double[1];
        inside.forEach((bucket, n) -> middles[0] += Buckets.midpoint(bucket) * n);
        long low = Math.max(least, Buckets.lower(inside.bucketAt(0)));
        long high = Math.min(greatest, Buckets.greatest(inside.bucketAt(inside.size() - 1)));
        add(inside.count(), Math.round(middles[0]), low, high);
        sumExact = false;
    }

    private void add(long n, long addedSum, long least, long greatest) {
        count += n;
        sum += addedSum;
        min = Math.min(min, least);
        max = Math.max(max, greatest);
    }

    HeatmapRecord heatmap() {
        var list = new ArrayList<HeatmapRecord.Column>(columns.length);
        for (int i = 0; i < columns.length; i++) {
            var column = columns[i];
            list.add(new HeatmapRecord.Column(
                    startMillis(i), column.count, column.gap(), column.histogram.buckets(), column.histogram.counts()));
        }
        return new HeatmapRecord(
                startMillis(0),
                startMillis(columns.length),
                plan.stepSeconds() * CaptureClock.SECOND_MILLIS,
                Buckets.PRECISION,
                list);
    }

    QuantilesRecord quantiles(List<Double> asked) {
        var list = new ArrayList<QuantilesRecord.Column>(columns.length);
        for (int i = 0; i < columns.length; i++) {
            var column = columns[i];
            whole.merge(column.histogram);
            list.add(new QuantilesRecord.Column(
                    startMillis(i),
                    column.count,
                    column.gap(),
                    values(column.histogram, asked, column.min, column.max)));
        }
        boolean empty = min > max;
        return new QuantilesRecord(
                Buckets.INTERPOLATION_ERROR,
                list,
                new QuantilesRecord.Whole(
                        count, sum, sumExact, empty ? 0 : min, empty ? 0 : max, values(whole, asked, min, max)));
    }

    private static List<Double> values(Histogram histogram, List<Double> asked, long min, long max) {
        return histogram.isEmpty()
                ? List.of()
                : asked.stream()
                        .map(q -> histogram.quantile(q, min, max))
                        .map(Quantile::value)
                        .toList();
    }

    private long startMillis(int column) {
        return startedAtMillis + (plan.firstSecond() + column * plan.stepSeconds()) * CaptureClock.SECOND_MILLIS;
    }
}
