package io.stapscope.tracer;

import java.time.Clock;

/** The distance between CLOCK_MONOTONIC, which the kernel and {@link System#nanoTime} count, and the wall clock. */
final class WallClock {
    private WallClock() {}

    /** Nanoseconds to add to a monotonic time; the narrowest of a few readings. */
    static long offsetNanos() {
        long best = 0;
        long narrowest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            var now = Clock.systemUTC().instant();
            long after = System.nanoTime();
            if (after - before < narrowest) {
                narrowest = after - before;
                best = now.getEpochSecond() * 1_000_000_000L + now.getNano() - (before + after) / 2;
            }
        }
        return best;
    }
}
