package io.stapscope.history;

import java.util.ArrayList;
import java.util.List;

/**
 * How a range is answered: from which rows, in which columns. The pieces tile the range exactly: coarse rows in the middle,
 * fine ones at the ragged ends. Columns begin at multiples of the step since the start of the capture, so that neighbouring
 * ranges and zoomed ones agree; the first and the last hold what is within the range.
 *
 * @param from second since the start of the capture, inclusive; before the asked one where only coarser rows are left
 * @param to exclusive
 * @param firstSecond of the first column
 * @param finest rows that are left where it begins
 */
record RangePlan(
        long from, long to, long firstSecond, long stepSeconds, int columns, Level finest, List<Piece> pieces) {
    /** More minutes of seconds than this take too long to inflate. */
    static final long MOST_SECONDS = 6 * 3_600;

    /** Rows that are read without anybody waiting; a question that needs more gets longer columns. */
    static final long MOST_ROWS = 65_000;

    /** Rows that are read at all. */
    static final long LIMIT_ROWS = 1_000_000;

    /** A minute of seconds is inflated: it takes about as long as this many rows. */
    private static final long ROWS_OF_CHUNK = 100;

    /** With more series even the seconds at the two ends would take too long: their ranges are of whole minutes. */
    static final long MOST_SERIES_OF_SECONDS = 300;

    /** Divide a minute, or are whole minutes and divide a day. */
    private static final long[] STEPS = {
        1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 21_600,
        43_200, 86_400
    };

    static final RangePlan NOTHING = new RangePlan(0, 0, 0, 1, 0, Level.SECOND, List.of());

    RangePlan {
        pieces = List.copyOf(pieces);
    }

    /** Rows of one level that lie one after the other. */
    record Piece(Level level, long from, long to) {
        /** How many rows a series has in it at most. */
        long rows() {
            var unit = level == Level.SECOND ? Level.MINUTE : level;
            return (unit.ceil(to) - unit.floor(from)) / unit.seconds();
        }
    }

    /**
     * The finest plan with at most {@code mostColumns} columns that reads no more rows than anybody waits for.
     *
     * @param from second since the start of the capture, inclusive
     * @param to exclusive
     * @param intervalMillis of the capture: no column is shorter than a window
     * @param series how many are added up
     */
    static RangePlan of(long from, long to, int mostColumns, int intervalMillis, Detail detail, long series) {
        if (from >= to) {
            return NOTHING;
        }
        if (series > MOST_SERIES_OF_SECONDS && detail.secondsFrom() != Long.MAX_VALUE) {
            return of(from, to, mostColumns, intervalMillis, detail.inMinutes(), series);
        }
        var finest = detail.finest(from);
        long start = finest.floor(from);
        long end = detail.finest(to - 1).ceil(to);
        long least = Math.max(
                Math.max(Math.ceilDiv(end - start, (long) mostColumns), Math.ceilDiv(intervalMillis, 1_000L)),
                finest.seconds());
        if (end - start > MOST_SECONDS) {
            least = Math.max(least, Level.MINUTE.seconds());
        }
        long step = stepOf(least);
        var pieces = pieces(start, end, step, detail);
        while (columns(start, end, step) > mostColumns
                || (cost(pieces) * series > MOST_ROWS && columns(start, end, step) > 1)) {
            step = stepOf(step + 1);
            pieces = pieces(start, end, step, detail);
        }
        if (cost(pieces) * series > LIMIT_ROWS) {
            throw new QuestionTooLargeException(cost(pieces) * series, LIMIT_ROWS);
        }
        long first = start / step * step;
        return new RangePlan(start, end, first, step, (int) columns(start, end, step), finest, pieces);
    }

    private static List<Piece> pieces(long from, long to, long step, Detail detail) {
        var pieces = new ArrayList<Piece>();
        for (long at = from; at < to; ) {
            var level = coarsest(at, to, step, detail);
            long end = level == Level.SECOND ? Math.min(to, Level.MINUTE.ceil(at + 1)) : at + level.seconds();
            var last = pieces.isEmpty() ? null : pieces.getLast();
            if (last != null && last.level() == level) {
                pieces.set(pieces.size() - 1, new Piece(level, last.from(), end));
            } else {
                pieces.add(new Piece(level, at, end));
            }
            at = end;
        }
        return pieces;
    }

    /** The longest stored unit that begins here, ends within the range, and lies in one column. */
    private static Level coarsest(long at, long to, long step, Detail detail) {
        for (var level : List.of(Level.DAY, Level.HOUR, Level.MINUTE)) {
            boolean fits = at % level.seconds() == 0 && at + level.seconds() <= to && step % level.seconds() == 0;
            // An hour nobody added up is read by its minutes, also where these should be gone.
            if (fits && (level == Level.MINUTE || detail.has(level, at))) {
                return level;
            }
        }
        return Level.SECOND;
    }

    private static long cost(List<Piece> pieces) {
        long rows = 0;
        for (var piece : pieces) {
            rows += piece.level() == Level.SECOND ? piece.rows() * ROWS_OF_CHUNK : piece.rows();
        }
        return rows;
    }

    private static long columns(long from, long to, long step) {
        return Math.ceilDiv(to, step) - from / step;
    }

    private static long stepOf(long least) {
        for (long step : STEPS) {
            if (step >= least) {
                return step;
            }
        }
        return Level.DAY.ceil(least);
    }

    /** End of the last column. */
    long endSecond() {
        return firstSecond + stepSeconds * columns;
    }

    /** The column of a second, or -1 when it is outside of the range. */
    int columnOf(long second) {
        return second < from || second >= to ? -1 : (int) ((second - firstSecond) / stepSeconds);
    }

    /** Whether a minute is within the range as a whole. */
    boolean covers(long minuteStart) {
        return from <= minuteStart && minuteStart + Level.MINUTE.seconds() <= to;
    }

    /** Rows that a series has in it at most. */
    long rows() {
        return pieces.stream().mapToLong(Piece::rows).sum();
    }

    /** What it rests on, for a capture that started then. */
    Coverage coverage(long startedAtMillis) {
        return new Coverage(
                startedAtMillis + from * CaptureClock.SECOND_MILLIS,
                startedAtMillis + to * CaptureClock.SECOND_MILLIS,
                coarsest(),
                finest,
                rows());
    }

    /** The coarsest rows in use. */
    Level coarsest() {
        return pieces.stream().map(Piece::level).max(Level::compareTo).orElse(Level.SECOND);
    }
}
