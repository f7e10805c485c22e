package io.stapscope.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The windows of a capture as rows: what {@link CaptureWriter} stores. For one thread. */
final class CaptureMinutes {
    /** Windows begin where the last one ended; what is less comes from rounding and from clocks. */
    private static final long HOLE_MILLIS = 500;

    /** How late a window may end, besides its own length again, and still tell when something happened. */
    private static final long LATE_MILLIS = 2_000;

    private final Map<Integer, Boolean> counters = new HashMap<>();
    private final Map<SeriesKey, SeriesAccumulator> series = new HashMap<>();
    private final Map<Integer, Row.Known> known = new HashMap<>();
    private final int intervalMillis;
    private @Nullable CaptureClock clock;
    private long previousEnd = -1;

    CaptureMinutes(List<AggregateRecord> aggregates, int intervalMillis) {
        this.intervalMillis = intervalMillis;
        aggregates.forEach(each -> counters.put(each.agg(), each.kind().equals("counter")));
    }

    /** Adds a window and gives the backlog what it completed. */
    void add(WindowRecord window, Backlog backlog) {
        for (var opened : window.opened()) {
            var key = new SeriesKey(opened.agg(), opened.number());
            boolean counter = counters.getOrDefault(opened.agg(), false);
            series.computeIfAbsent(key, each -> new SeriesAccumulator(each, counter));
            backlog.put(opened);
        }
        if (clock == null) {
            clock = CaptureClock.startingWith(window.startMillis());
        }
        long second = clock.secondOf(window.startMillis(), window.lengthMillis());
        int minute = CaptureClock.minuteOf(second);
        int within = CaptureClock.secondInMinute(second);
        for (var delta : window.deltas()) {
            var accumulator = series.get(new SeriesKey(delta.agg(), delta.series()));
            if (accumulator == null) {
                throw new IllegalArgumentException(
                        "series " + delta.series() + " of aggregate " + delta.agg() + " was not opened");
            }
            var over = accumulator.add(delta, window.number(), minute, within);
            if (over != null) {
                backlog.put(over);
            }
        }
        observe(clock, window, backlog);
        tellGaps(window, backlog);
    }

    /** Time between windows, and windows so long that nobody knows when in them something happened. */
    private void tellGaps(WindowRecord window, Backlog backlog) {
        long end = window.startMillis() + window.lengthMillis();
        if (previousEnd >= 0 && window.startMillis() - previousEnd > HOLE_MILLIS) {
            backlog.put(new Row.Gap(
                    previousEnd, window.startMillis(), GapReason.NOT_OBSERVED, -1, "nobody counted in this time"));
        }
        if (window.lengthMillis() > 2L * intervalMillis + LATE_MILLIS) {
            backlog.put(new Row.Gap(
                    window.startMillis(), end, GapReason.NOT_OBSERVED, 0, "counts are exact, not when they were"));
        }
        previousEnd = end;
    }

    private void observe(CaptureClock clock, WindowRecord window, Backlog backlog) {
        long first = clock.firstSecond(window.startMillis(), window.lengthMillis());
        long last = clock.lastSecond(window.startMillis(), window.lengthMillis());
        for (long second = first; second <= last; second++) {
            int minute = CaptureClock.minuteOf(second);
            long bit = 1L << CaptureClock.secondInMinute(second);
            long bits = known.containsKey(minute) ? known.get(minute).secondsKnown() : 0;
            var row = new Row.Known(minute, window.number(), bits | bit, window.losses());
            known.put(minute, row);
            backlog.put(row);
        }
        // A window may reach back over the last minute's edge, not further.
        int current = CaptureClock.minuteOf(last);
        known.keySet().removeIf(minute -> minute < current - 1);
    }

    /** Gives the backlog the rows of what changed since the last time. */
    void drainTo(Backlog backlog) {
        for (var accumulator : changed()) {
            backlog.put(accumulator.minuteRow());
            backlog.put(accumulator.wholeRow());
            accumulator.taken();
        }
    }

    private Collection<SeriesAccumulator> changed() {
        var changed = new ArrayList<SeriesAccumulator>();
        for (var each : series.values()) {
            if (each.dirty()) {
                changed.add(each);
            }
        }
        return changed;
    }
}
