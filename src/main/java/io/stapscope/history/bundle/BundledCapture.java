package io.stapscope.history.bundle;

import io.stapscope.history.AggregateRecord;
import io.stapscope.history.CaptureRecord;
import io.stapscope.history.ConsoleBlock;
import io.stapscope.history.Facet;
import io.stapscope.history.HostRecord;
import io.stapscope.history.KeyPart;
import io.stapscope.history.LossRecord;
import io.stapscope.history.TargetRecord;
import io.stapscope.statistics.Histogram;
import java.util.List;
import java.util.UUID;

/**
 * What a bundle holds, read without a database: the seconds of its series, its losses by minute, what it printed. Times are
 * milliseconds since 1970.
 *
 * @param minutes ascending in time
 * @param console in the order of their numbers
 */
public record BundledCapture(
        UUID id,
        String name,
        long startedAtMillis,
        int intervalMillis,
        String script,
        TargetRecord target,
        HostRecord host,
        List<AggregateRecord> aggregates,
        List<CaptureRecord.Total> totals,
        List<Series> series,
        List<Known> minutes,
        List<ConsoleBlock> console) {
    public BundledCapture {
        aggregates = List.copyOf(aggregates);
        totals = List.copyOf(totals);
        series = List.copyOf(series);
        minutes = List.copyOf(minutes);
        console = List.copyOf(console);
    }

    /** From the start to the end of the last second that was observed. */
    public long lengthMillis() {
        if (minutes.isEmpty()) {
            return 0;
        }
        var last = minutes.getLast();
        int seconds = Long.SIZE - Long.numberOfLeadingZeros(last.seconds());
        return Math.max(0, last.startMillis() + 1000L * seconds - startedAtMillis);
    }

    /**
     * A series with its minutes, ascending in time.
     *
     * @param n values since the start
     * @param sum of the values
     */
    public record Series(
            int agg, int number, Facet facet, List<KeyPart> keys, long n, long sum, List<SeriesMinute> minutes) {
        public Series {
            keys = List.copyOf(keys);
            minutes = List.copyOf(minutes);
        }
    }

    /**
     * A minute of a series.
     *
     * @param startMillis of the minute
     * @param n values in it
     * @param seconds sixty histograms; a counter's increases stand in bucket 0
     */
    public record SeriesMinute(long startMillis, long n, long sum, long min, long max, List<Histogram> seconds) {
        public SeriesMinute {
            seconds = List.copyOf(seconds);
        }
    }

    /**
     * What is known of a minute.
     *
     * @param seconds bit s = second s was observed
     * @param losses since the start of the capture, at the end of the minute
     */
    public record Known(long startMillis, long seconds, LossRecord losses) {}
}
