package io.stapscope.history;

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
    /** Of lines, what goes into one transaction. */
    static final long LINE_BYTES = 2 << 20;

    private final int mostMinutes;
    private final Map<SeriesKey, WindowRecord.Series> series = new LinkedHashMap<>();
    private final Set<SeriesKey> spilledSeries = new HashSet<>();
    private final SequencedMap<MinuteKey, Row.Minute> minutes = new LinkedHashMap<>();
    private final Map<SeriesKey, Row.Whole> wholes = new LinkedHashMap<>();
    private final Map<Integer, Row.Known> known = new TreeMap<>();
    private final Map<GapKey, Row.Gap> gaps = new LinkedHashMap<>();
    private final LineBacklog lines;
    private final Set<Integer> spoiled = new HashSet<>();
    private final Map<GapKey, Row.Gap> allGaps = new LinkedHashMap<>();
    private LossRecord lastLosses = LossRecord.NONE;
    private int latestMinute;
    private long refused;

    private record MinuteKey(SeriesKey series, int minute) {}

    private record GapKey(long fromMillis, GapReason reason) {
        static GapKey of(Row.Gap gap) {
            return new GapKey(gap.fromMillis(), gap.reason());
        }
    }

    /** @param mostLineBytes that printed lines take in memory */
    Backlog(int mostMinutes, long mostLineBytes) {
        this.mostMinutes = mostMinutes;
        this.lines = new LineBacklog(mostLineBytes);
    }

    void put(WindowRecord.Series opened) {
        var key = new SeriesKey(opened.agg(), opened.number());
        series.put(key, opened);
        // With other words it goes to disk once more, after what is there.
        spilledSeries.remove(key);
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
        latestMinute = Math.max(latestMinute, row.minute());
        // A minute that misses a series is a gap, never a zero, whatever is known or stored about it.
        boolean whole = !spoiled.contains(row.minute());
        known.put(row.minute(), whole ? row : new Row.Known(row.minute(), Long.MAX_VALUE, 0, row.losses()));
    }

    void put(Row.Gap gap) {
        // Absolute: everything that was lost there so far, also what is stored already.
        var all = allGaps.merge(GapKey.of(gap), gap, Row.Gap::plus);
        gaps.put(GapKey.of(gap), all);
    }

    void put(List<ConsoleBlock> printed) {
        lines.put(printed);
    }

    void refuse(long rows) {
        refused += rows;
    }

    private void giveUp(Map.@Nullable Entry<MinuteKey, Row.Minute> oldest) {
        if (oldest == null) {
            return;
        }
        refused++;
        int minute = oldest.getKey().minute();
        spoiled.add(minute);
        put(new Row.Known(minute, oldest.getValue().seq(), 0, lastLosses));
        long from = minute * CaptureClock.MINUTE_MILLIS;
        put(new Row.Gap(from, from + CaptureClock.MINUTE_MILLIS, GapReason.SPILL_FULL, 1, "no room in memory"));
    }

    /** What goes into one transaction, oldest first; it stays here until {@link #stored}. */
    Batch next() {
        // A series must be there before its rows: all of them go with the first batch.
        return new Batch(
                List.copyOf(series.values()),
                first(minutes.values()),
                first(wholes.values()),
                // A minute is known only when all its series are there.
                minutes.size() > BATCH ? List.of() : first(known.values()),
                List.copyOf(gaps.values()),
                lines.next(LINE_BYTES));
    }

    private static <T> List<T> first(Collection<T> rows) {
        return rows.stream().limit(BATCH).toList();
    }

    /** Forgets what is in the database, unless something newer came meanwhile. */
    void stored(Batch batch) {
        batch.series().forEach(each -> series.remove(new SeriesKey(each.agg(), each.number()), each));
        forget(batch);
    }

    /** What will not change any more and can wait on disk: minutes that are over, gaps and the series they need. */
    Batch finished() {
        return new Batch(
                unspilledSeries(),
                minutes.values().stream()
                        .filter(row -> row.minute() < latestMinute)
                        .toList(),
                List.of(),
                known.values().stream()
                        .filter(row -> row.minute() < latestMinute)
                        .toList(),
                List.copyOf(gaps.values()),
                List.of());
    }

    /** Everything but the lines. */
    Batch everything() {
        return new Batch(
                unspilledSeries(),
                List.copyOf(minutes.values()),
                List.copyOf(wholes.values()),
                List.copyOf(known.values()),
                List.copyOf(gaps.values()),
                List.of());
    }

    private List<WindowRecord.Series> unspilledSeries() {
        return series.values().stream()
                .filter(each -> !spilledSeries.contains(new SeriesKey(each.agg(), each.number())))
                .toList();
    }

    LineBacklog lines() {
        return lines;
    }

    /** Forgets what is on disk. Series stay: rows that go to the database directly later need them there before. */
    void spilled(Batch batch) {
        batch.series().forEach(each -> spilledSeries.add(new SeriesKey(each.agg(), each.number())));
        forget(batch);
    }

    private void forget(Batch batch) {
        batch.minutes().forEach(row -> minutes.remove(new MinuteKey(row.series(), row.minute()), row));
        batch.wholes().forEach(row -> wholes.remove(row.series(), row));
        batch.known().forEach(row -> known.remove(row.minute(), row));
        batch.gaps().forEach(gap -> gaps.remove(GapKey.of(gap), gap));
        lines.forget(batch.lines());
    }

    boolean isEmpty() {
        return series.isEmpty()
                && minutes.isEmpty()
                && wholes.isEmpty()
                && known.isEmpty()
                && gaps.isEmpty()
                && lines.isEmpty();
    }

    StoreStatus status(long spilled, long lostOnDisk, @Nullable String lastError) {
        return new StoreStatus(minutes.size(), lines.lines(), spilled, refused() + lostOnDisk, lastError);
    }

    long refused() {
        return refused + lines.refused();
    }

    boolean hasGaps() {
        return !allGaps.isEmpty();
    }
}
