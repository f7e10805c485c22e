package io.stapscope.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows that the database has not confirmed, bounded: the oldest minutes and lines are given up first and counted. A
 * newer row takes the place of an older one of the same key. For one thread.
 */
final class Backlog {
    private static final int BATCH = 2_000;

    private final int mostMinutes;
    private final int mostLines;
    private final Map<SeriesKey, WindowRecord.Series> series = new LinkedHashMap<>();
    private final SequencedMap<MinuteKey, Row.Minute> minutes = new LinkedHashMap<>();
    private final Map<SeriesKey, Row.Whole> wholes = new LinkedHashMap<>();
    private final Map<Integer, Row.Known> known = new TreeMap<>();
    private final ArrayDeque<ConsoleLine> lines = new ArrayDeque<>();
    private final Set<Integer> spoiled = new HashSet<>();
    private LossRecord lastLosses = LossRecord.NONE;
    private long refused;

    private record MinuteKey(SeriesKey series, int minute) {}

    Backlog(int mostMinutes, int mostLines) {
        this.mostMinutes = mostMinutes;
        this.mostLines = mostLines;
    }

    void put(WindowRecord.Series opened) {
        series.put(new SeriesKey(opened.agg(), opened.number()), opened);
    }

    void put(Row.Minute row) {
        minutes.put(new MinuteKey(row.series(), row.minute()), row);
        while (minutes.size() > mostMinutes) {
            giveUp(minutes.pollFirstEntry());
        }
    }

    void put(Row.Whole row) {
        wholes.put(row.series(), row);
    }

    void put(Row.Known row) {
        lastLosses = row.losses();
        // A minute that misses a series is a gap, never a zero, whatever is known or stored about it.
        boolean whole = !spoiled.contains(row.minute());
        known.put(row.minute(), whole ? row : new Row.Known(row.minute(), Long.MAX_VALUE, 0, row.losses()));
    }

    void put(List<ConsoleLine> printed) {
        for (var line : printed) {
            lines.addLast(line);
            if (lines.size() > mostLines) {
                lines.removeFirst();
                refused++;
            }
        }
    }

    void refuse(long rows) {
        refused += rows;
    }

    private void giveUp(Map.@Nullable Entry<MinuteKey, Row.Minute> oldest) {
        if (oldest == null) {
            return;
        }
        refused++;
        spoiled.add(oldest.getKey().minute());
        put(new Row.Known(oldest.getKey().minute(), oldest.getValue().seq(), 0, lastLosses));
    }

    /** What goes into one transaction, oldest first; it stays here until {@link #stored}. */
    Batch next() {
        var nextLines = new ArrayList<ConsoleLine>();
        var each = lines.iterator();
        while (each.hasNext() && nextLines.size() < BATCH) {
            nextLines.add(each.next());
        }
        // A series must be there before its rows: all of them go with the first batch.
        return new Batch(
                List.copyOf(series.values()),
                first(minutes.values()),
                first(wholes.values()),
                first(known.values()),
                nextLines);
    }

    private static <T> List<T> first(Collection<T> rows) {
        return rows.stream().limit(BATCH).toList();
    }

    /** Forgets what is in the database, unless something newer came meanwhile. */
    void stored(Batch batch) {
        batch.series().forEach(each -> series.remove(new SeriesKey(each.agg(), each.number()), each));
        batch.minutes().forEach(row -> minutes.remove(new MinuteKey(row.series(), row.minute()), row));
        batch.wholes().forEach(row -> wholes.remove(row.series(), row));
        batch.known().forEach(row -> known.remove(row.minute(), row));
        if (!batch.lines().isEmpty()) {
            long last = batch.lines().getLast().seq();
            while (!lines.isEmpty() && lines.getFirst().seq() <= last) {
                lines.removeFirst();
            }
        }
    }

    boolean isEmpty() {
        return series.isEmpty() && minutes.isEmpty() && wholes.isEmpty() && known.isEmpty() && lines.isEmpty();
    }

    StoreStatus status(@Nullable String lastError) {
        return new StoreStatus(minutes.size(), lines.size(), refused, lastError);
    }

    long refused() {
        return refused;
    }

    /** Rows of one transaction. */
    record Batch(
            List<WindowRecord.Series> series,
            List<Row.Minute> minutes,
            List<Row.Whole> wholes,
            List<Row.Known> known,
            List<ConsoleLine> lines) {
        int size() {
            return minutes.size() + wholes.size() + known.size() + lines.size() + series.size();
        }
    }
}
