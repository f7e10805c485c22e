package io.stapscope.history;

import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.stapscope.statistics.SecondChunk;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The current minute of one series and all of it since the capture began. For one thread. */
final class SeriesAccumulator {
    private static final Histogram NOTHING = new Histogram();

    private final SeriesKey key;
    private final boolean counter;
    private final @Nullable Histogram[] seconds = new Histogram[SecondChunk.SECONDS];
    private final Part minutePart = new Part();
    private final Part wholePart = new Part();
    private int minute = -1;
    private boolean dirty;

    SeriesAccumulator(SeriesKey key, boolean counter) {
        this.key = key;
        this.counter = counter;
    }

    /** The row of a minute that is over and was not taken since it changed, when this delta begins another one. */
    Row.@Nullable Minute add(WindowRecord.Delta delta, long seq, int intoMinute, int second) {
        Row.Minute over = null;
        if (intoMinute != minute) {
            over = dirty ? minuteRow() : null;
            minute = intoMinute;
            Arrays.fill(seconds, null);
            minutePart.clear();
        }
        var histogram = seconds[second];
        if (histogram == null) {
            histogram = new Histogram();
            seconds[second] = histogram;
        }
        if (counter) {
            // Seconds of a counter stand in bucket 0; one that counts down has no place there.
            histogram.addBucket(0, Math.max(0, delta.count()));
        } else {
            for (int i = 0; i < delta.buckets().length; i++) {
                histogram.addBucket(delta.buckets()[i], delta.counts()[i]);
            }
        }
        minutePart.add(delta, seq);
        wholePart.add(delta, seq);
        dirty = true;
        return over;
    }

    boolean dirty() {
        return dirty;
    }

    /** Says that the rows of now were taken. */
    void taken() {
        dirty = false;
    }

    Row.Minute minuteRow() {
        var columns = new ArrayList<Histogram>(SecondChunk.SECONDS);
        for (var second : seconds) {
            columns.add(second == null ? NOTHING : second);
        }
        Part part = minutePart;
        return new Row.Minute(
                key,
                minute,
                part.seq,
                part.n,
                part.sum,
                part.least(),
                part.greatest(),
                part.encoded(),
                SecondChunk.encode(columns));
    }

    Row.Whole wholeRow() {
        Part part = wholePart;
        return new Row.Whole(key, part.seq, part.n, part.sum, part.min, part.max, part.encoded());
    }

    private final class Part {
        private final Histogram histogram = new Histogram();
        private long seq;
        private long n;
        private long sum;
        private long min;
        private long max;

        void clear() {
            histogram.clear();
            n = 0;
            sum = 0;
        }

        void add(WindowRecord.Delta delta, long atSeq) {
            for (int i = 0; i < delta.buckets().length; i++) {
                histogram.addBucket(delta.buckets()[i], delta.counts()[i]);
            }
            seq = atSeq;
            n += delta.count();
            sum += delta.sum();
            min = delta.min();
            max = delta.max();
        }

        /**
         * The tracer knows least and greatest value since the start only. In the minute in which they occur this is
         * exact, in any other the edge of the lowest or highest bucket is.
         */
        long least() {
            return histogram.isEmpty() ? 0 : Math.max(min, Buckets.lower(histogram.bucketAt(0)));
        }

        long greatest() {
            return histogram.isEmpty() ? 0 : Math.min(max, Buckets.greatest(histogram.bucketAt(histogram.size() - 1)));
        }

        byte @Nullable [] encoded() {
            return counter ? null : HistogramCodec.encode(histogram);
        }
    }
}
