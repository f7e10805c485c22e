package io.stapscope.history;

import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.DenseHistogram;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.Quantile;
import io.stapscope.statistics.SecondChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Merges the rows of a range into the columns of its plan. For one thread at a time. */
final class RangeColumns {
    /** More rows than any screen shows: buckets are folded until they fit. */
    static final int MOST_BUCKETS = 256;

    private final RangePlan plan;
    private final long startedAtMillis;
    private final boolean counter;
    private final Column[] columns;
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private boolean sumExact = true;

    /**
     * A stored row without its distribution.
     *
     * @param second of its start, since the start of the capture
     */
    record Part(long second, long n, long sum, long min, long max) {}

    private static final class Column {
        private @Nullable DenseHistogram gathered;
        private @Nullable Histogram finished;
        long count;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        boolean known;

        DenseHistogram gathered() {
            if (gathered == null) {
                gathered = new DenseHistogram();
            }
            return gathered;
        }

        Histogram histogram() {
            if (finished == null) {
                finished = gathered == null ? new Histogram() : gathered.toHistogram();
                gathered = null;
            }
            return finished;
        }

        void range(Part part) {
            min = Math.min(min, part.min());
            max = Math.max(max, part.max());
        }

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

    /** Says that a second was observed. */
    void known(long second) {
        int at = plan.columnOf(second);
        if (at >= 0) {
            columns[at].known = true;
        }
    }

    /** Bit s = second s of the minute was observed; only what is within the piece counts. */
    void knownMinute(long minuteStart, long secondsKnown, RangePlan.Piece piece) {
        for (int second = 0; second < SecondChunk.SECONDS; second++) {
            long at = minuteStart + second;
            if ((secondsKnown >>> second & 1) != 0 && at >= piece.from() && at < piece.to()) {
                known(at);
            }
        }
    }

    /** Adds a row that lies in one column; {@code histogram} is null for a counter. */
    void add(Part part, byte @Nullable [] histogram) {
        var column = columns[plan.columnOf(part.second())];
        column.count += part.n();
        if (histogram != null) {
            column.gathered().addEncoded(histogram);
            column.range(part);
        }
        add(part.n(), part.sum(), part.min(), part.max());
    }

    /** Adds those seconds of a minute that are within the range. */
    void seconds(Part minute, byte @Nullable [] chunk) {
        if (chunk == null) {
            return;
        }
        var counts = new long[SecondChunk.SECONDS];
        boolean whole = plan.covers(minute.second());
        var part = new DenseHistogram();
        SecondChunk.forEach(chunk, (second, bucket, n) -> {
            int at = plan.columnOf(minute.second() + second);
            if (at >= 0) {
                counts[second] += n;
                if (!counter) {
                    columns[at].gathered().addBucket(bucket, n);
                    if (!whole) {
                        part.addBucket(bucket, n);
                    }
                }
            }
        });
        long inside = 0;
        for (int second = 0; second < SecondChunk.SECONDS; second++) {
            if (counts[second] != 0) {
                var column = columns[plan.columnOf(minute.second() + second)];
                column.count += counts[second];
                inside += counts[second];
                if (!counter) {
                    column.range(minute);
                }
            }
        }
        if (inside == 0) {
            return;
        }
        if (counter) {
            add(inside, inside, 0, 0);
        } else if (whole) {
            add(inside, minute.sum(), minute.min(), minute.max());
        } else {
            addPartOfMinute(part.toHistogram(), minute);
        }
    }

    /** Sums are stored by minute: of a part of one, the middles of its buckets give it. */
    private void addPartOfMinute(Histogram inside, Part minute) {
        var middles = new double[1];
        inside.forEach((bucket, n) -> middles[0] += Buckets.midpoint(bucket) * n);
        long low = Math.max(minute.min(), Buckets.lower(inside.bucketAt(0)));
        long high = Math.min(minute.max(), Buckets.greatest(inside.bucketAt(inside.size() - 1)));
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
        int precision = precision();
        var list = new ArrayList<HeatmapRecord.Column>(columns.length);
        for (int i = 0; i < columns.length; i++) {
            var column = columns[i];
            var histogram = folded(column.histogram(), precision);
            list.add(new HeatmapRecord.Column(
                    startMillis(i), column.count, column.gap(), histogram.buckets(), histogram.counts()));
        }
        return new HeatmapRecord(
                startMillis(0),
                startMillis(columns.length),
                plan.stepSeconds() * CaptureClock.SECOND_MILLIS,
                precision,
                coverage(),
                list);
    }

    /** The greatest precision at which no more than {@link #MOST_BUCKETS} buckets are in use. */
    private int precision() {
        var used = new TreeSet<Integer>();
        for (var column : columns) {
            column.histogram().forEach((bucket, n) -> used.add(bucket));
        }
        for (int precision = Buckets.PRECISION; precision > 0; precision--) {
            int folding = precision;
            if (used.stream()
                            .map(bucket -> Buckets.fold(bucket, folding))
                            .distinct()
                            .count()
                    <= MOST_BUCKETS) {
                return precision;
            }
        }
        return 0;
    }

    private static Histogram folded(Histogram histogram, int precision) {
        if (precision == Buckets.PRECISION) {
            return histogram;
        }
        var folded = new Histogram();
        histogram.forEach((bucket, n) -> folded.addBucket(Buckets.fold(bucket, precision), n));
        return folded;
    }

    QuantilesRecord quantiles(List<Double> asked) {
        var whole = new DenseHistogram();
        var list = new ArrayList<QuantilesRecord.Column>(columns.length);
        for (int i = 0; i < columns.length; i++) {
            var column = columns[i];
            whole.merge(column.histogram());
            var values = values(column.histogram(), asked, column.min, column.max);
            list.add(new QuantilesRecord.Column(
                    startMillis(i), column.count, column.gap(), estimates(values), errors(values)));
        }
        boolean empty = min > max;
        var values = values(whole.toHistogram(), asked, min, max);
        return new QuantilesRecord(
                Buckets.INTERPOLATION_ERROR,
                coverage(),
                list,
                new QuantilesRecord.Whole(
                        count, sum, sumExact, empty ? 0 : min, empty ? 0 : max, estimates(values), errors(values)));
    }

    /** The whole range as one distribution. */
    Distribution distribution() {
        var whole = new DenseHistogram();
        for (var column : columns) {
            whole.merge(column.histogram());
        }
        boolean empty = min > max;
        return new Distribution(
                coverage(), whole.toHistogram(), count, sum, sumExact, empty ? 0 : min, empty ? 0 : max);
    }

    private static List<Quantile> values(Histogram histogram, List<Double> asked, long min, long max) {
        return histogram.isEmpty()
                ? List.of()
                : asked.stream().map(q -> histogram.quantile(q, min, max)).toList();
    }

    private static List<Double> estimates(List<Quantile> quantiles) {
        return quantiles.stream().map(Quantile::value).toList();
    }

    private static List<Double> errors(List<Quantile> quantiles) {
        return quantiles.stream().map(Quantile::error).toList();
    }

    private Coverage coverage() {
        return plan.coverage(startedAtMillis);
    }

    private long startMillis(int column) {
        return millis(plan.firstSecond() + column * plan.stepSeconds());
    }

    private long millis(long second) {
        return startedAtMillis + second * CaptureClock.SECOND_MILLIS;
    }
}
