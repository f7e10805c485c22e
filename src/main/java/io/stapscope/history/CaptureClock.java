package io.stapscope.history;

import io.stapscope.statistics.SecondChunk;

/** Where a time since the start of a capture falls: into which second of which of the capture's minutes. */
final class CaptureClock {
    static final long SECOND_MILLIS = 1_000;
    static final long MINUTE_MILLIS = SECOND_MILLIS * SecondChunk.SECONDS;

    private CaptureClock() {}

    /**
     * The second of a window's middle. Windows start near whole seconds, a little early or late: the start itself
     * would put two of them into one second now and then, and none into the next.
     */
    static long secondOf(long startMillis, long lengthMillis) {
        return Math.max(0, Math.floorDiv(startMillis + lengthMillis / 2, SECOND_MILLIS));
    }

    /** The first second of which a window observed at least half. */
    static long firstSecond(long startMillis, long lengthMillis) {
        return Math.min(secondOf(startMillis, lengthMillis), Math.max(0, Math.floorDiv(startMillis + 500, 1_000L)));
    }

    /** The last one. */
    static long lastSecond(long startMillis, long lengthMillis) {
        long end = Math.floorDiv(startMillis + lengthMillis + 499, SECOND_MILLIS);
        return Math.max(secondOf(startMillis, lengthMillis), end - 1);
    }

    static int minuteOf(long second) {
        return Math.toIntExact(second / SecondChunk.SECONDS);
    }

    static int secondInMinute(long second) {
        return (int) (second % SecondChunk.SECONDS);
    }
}
