package io.stapscope.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Rows of one transaction. Values are absolute: writing a batch again changes nothing. */
record Batch(
        List<WindowRecord.Series> series,
        List<Row.Minute> minutes,
        List<Row.Whole> wholes,
        List<Row.Known> known,
        List<Row.Gap> gaps,
        List<ConsoleBlock> lines) {
    Batch {
        series = List.copyOf(series);
        minutes = List.copyOf(minutes);
        wholes = List.copyOf(wholes);
        known = List.copyOf(known);
        gaps = List.copyOf(gaps);
        lines = List.copyOf(lines);
    }

    static Batch ofLines(List<ConsoleBlock> lines) {
        return new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), lines);
    }

    static Batch ofGaps(List<Row.Gap> gaps) {
        return new Batch(List.of(), List.of(), List.of(), List.of(), gaps, List.of());
    }

    int size() {
        return series.size() + minutes.size() + wholes.size() + known.size() + gaps.size() + lines.size();
    }

    /** Series-minutes and lines: what is told to be waiting or lost. */
    int weight() {
        return minutes.size() + Math.toIntExact(ConsoleBlock.lines(lines));
    }

    boolean isEmpty() {
        return size() == 0;
    }

    Batch plus(Batch other) {
        return new Batch(
                joined(series, other.series),
                joined(minutes, other.minutes),
                joined(wholes, other.wholes),
                joined(known, other.known),
                joined(gaps, other.gaps),
                joined(lines, other.lines));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Series, minutes and the like, and lines: what is told to be refused. */
    long rows() {
        return size() - lines.size() + ConsoleBlock.lines(lines);
    }

    /** The first and the second half, in the order in which rows depend on one another. */
    List<Batch> halves() {
        if (size() == 1 && !lines.isEmpty()) {
            return lines.getFirst().halves().stream()
                    .map(half -> ofLines(List.of(half)))
                    .toList();
        }
        int half = size() / 2;
        return List.of(part(0, half), part(half, size()));
    }

    /** The time of rows that the store refuses. */
    List<Row.Gap> gapsOf(Origin origin) {
        var times = new TreeMap<Long, Row.Gap>();
        minutes.forEach(row -> refused(times, row.minute() * CaptureClock.MINUTE_MILLIS, CaptureClock.MINUTE_MILLIS));
        known.forEach(row -> refused(times, row.minute() * CaptureClock.MINUTE_MILLIS, CaptureClock.MINUTE_MILLIS));
        lines.forEach(block -> refused(times, block.timeMillis() - origin.startedAtMillis(), 1, block.lines()));
        series.forEach(each -> refused(times, 0, CaptureClock.MINUTE_MILLIS));
        return List.copyOf(times.values());
    }

    private static void refused(Map<Long, Row.Gap> times, long from, long length) {
        refused(times, from, length, 1);
    }

    private static void refused(Map<Long, Row.Gap> times, long from, long length, long rows) {
        times.merge(from, new Row.Gap(from, from + length, GapReason.STORE_REFUSED, rows, ""), Row.Gap::plus);
    }

    /** Parts of at most so many rows. */
    List<Batch> parts(int most) {
        var parts = new ArrayList<Batch>();
        for (int from = 0; from < size(); from += most) {
            parts.add(part(from, Math.min(size(), from + most)));
        }
        return parts;
    }

    private Batch part(int from, int to) {
        var cut = new Cut(from, to);
        return new Batch(cut.of(series), cut.of(minutes), cut.of(wholes), cut.of(known), cut.of(gaps), cut.of(lines));
    }

    /** A window that moves over the lists as if they were one. */
    private static final class Cut {
        private int from;
        private int to;

        Cut(int from, int to) {
            this.from = from;
            this.to = to;
        }

        <T> List<T> of(List<T> rows) {
            var part = rows.subList(clamp(from, rows.size()), clamp(to, rows.size()));
            from -= rows.size();
            to -= rows.size();
            return part;
        }

        private static int clamp(int at, int size) {
            return Math.max(0, Math.min(size, at));
        }
    }
}
