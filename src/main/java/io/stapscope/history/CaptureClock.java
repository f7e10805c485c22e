package io.stapscope.history;

import io.stapscope.statistics.SecondChunk;

/**
 * Where the windows of one capture fall: into which second of which of the capture's minutes. A window belongs to the
 * second of its middle. Windows follow one another about every second, a little early or late; when their middles lie
 * near the edges of seconds, two of them would fall into one second now and then and none into the next. So they are
 * moved by half a second then.
 *
 * @param shiftMillis how much earlier windows are taken to be: 0 or 500
 */
record CaptureClock(long shiftMillis) {
    static final long SECOND_MILLIS = 1_000;
    static final long MINUTE_MILLIS = SECOND_MILLIS * SecondChunk.SECONDS;

    private static final long HALF = SECOND_MILLIS / 2;

    /** For a capture whose first window starts that long after the capture. */
    static CaptureClock startingWith(long firstStartMillis) {
        long phase = Math.floorMod(firstStartMillis, SECOND_MILLIS);
        return new CaptureClock(phase >= HALF / 2 && phase < HALF + HALF / 2 ? HALF : 0);
    }

    long secondOf(long startMillis, long lengthMillis) {
        return Math.max(0, Math.floorDiv(startMillis - shiftMillis + lengthMillis / 2, SECOND_MILLIS));
    }

    /** The first second of which a window observed at least half. */
    long firstSecond(long startMillis, long lengthMillis) {
        long rounded = Math.floorDiv(startMillis - shiftMillis + HALF, SECOND_MILLIS);
        return Math.min(secondOf(startMillis, lengthMillis), Math.max(0, rounded));
    }

    /** The last one. */
    long lastSecond(long startMillis, long lengthMillis) {
        long end = Math.floorDiv(startMillis - shiftMillis + lengthMillis + HALF - 1, SECOND_MILLIS);
        return Math.max(secondOf(startMillis, lengthMillis), end - 1);
    }

    static int minuteOf(long second) {
        return Math.toIntExact(second / SecondChunk.SECONDS);
    }

    static int secondInMinute(long second) {
        return (int) (second % SecondChunk.SECONDS);
    }
}
