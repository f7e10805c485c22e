package io.stapscope.history;

import io.stapscope.statistics.SecondChunk;

/**
 * How a range is answered: from which rows, in which columns. Columns begin at multiples of the step since the start of
 * the capture, so that neighbouring ranges and zoomed ones agree.
 *
 * @param seconds whether rows of seconds are needed; minutes are enough otherwise
 * @param firstSecond of the first column, since the start of the capture
 */
record RangePlan(boolean seconds, long firstSecond, long stepSeconds, int columns) {
    /** More minutes of seconds than this take too long to inflate. */
    static final long MOST_SECONDS = 6 * 3_600;

    private static final long DAY = 86_400;

    /** Divide a minute, or are whole minutes and divide a day. */
    private static final long[] STEPS = {
        1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 21_600,
        43_200, DAY
    };

    static final RangePlan NOTHING = new RangePlan(false, 0, 1, 0);

    /**
     * The finest plan with at most {@code mostColumns}.
     *
     * @param from second since the start of the capture, inclusive
     * @param to exclusive
     * @param intervalMillis of the capture: no column is shorter than a window
     */
    static RangePlan of(long from, long to, int mostColumns, int intervalMillis) {
        if (from >= to) {
            return NOTHING;
        }
        long least = Math.max((to - from + mostColumns - 1) / mostColumns, (intervalMillis + 999) / 1_000);
        if (to - from > MOST_SECONDS) {
            least = Math.max(least, SecondChunk.SECONDS);
        }
        long step = stepOf(least);
        while (columns(from, to, step) > mostColumns) {
            step = stepOf(step + 1);
        }
        long first = from / step * step;
        return new RangePlan(step < SecondChunk.SECONDS, first, step, (int) columns(from, to, step));
    }

    private static long columns(long from, long to, long step) {
        return (to + step - 1) / step - from / step;
    }

    private static long stepOf(long least) {
        for (long step : STEPS) {
            if (step >= least) {
                return step;
            }
        }
        return (least + DAY - 1) / DAY * DAY;
    }

    long endSecond() {
        return firstSecond + stepSeconds * columns;
    }

    int firstMinute() {
        return CaptureClock.minuteOf(firstSecond);
    }

    /** Exclusive. */
    int endMinute() {
        return CaptureClock.minuteOf(endSecond() + SecondChunk.SECONDS - 1);
    }

    /** The column of a second, or -1 when it is outside. */
    int columnOf(long second) {
        return second < firstSecond || second >= endSecond() ? -1 : (int) ((second - firstSecond) / stepSeconds);
    }

    boolean covers(int minute) {
        long start = (long) minute * SecondChunk.SECONDS;
        return firstSecond <= start && start + SecondChunk.SECONDS <= endSecond();
    }
}
