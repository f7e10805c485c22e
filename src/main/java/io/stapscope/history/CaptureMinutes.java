package io.stapscope.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The windows of a capture as rows: what {@link CaptureWriter} stores. For one thread. */
final class CaptureMinutes {
    private final Map<Integer, Boolean> counters = new HashMap<>();
    private final Map<SeriesKey, SeriesAccumulator> series = new HashMap<>();
    private final Map<Integer, Row.Known> known = new HashMap<>();
    private @Nullable CaptureClock clock;

    CaptureMinutes(List<AggregateRecord> aggregates) {
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
