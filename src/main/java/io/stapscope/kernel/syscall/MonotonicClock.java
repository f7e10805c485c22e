package io.stapscope.kernel.syscall;

import java.time.Instant;

/** The clock of bpf_ktime_get_ns (CLOCK_MONOTONIC), which {@link System#nanoTime} reads too, and its distance to wall time. */
public final class MonotonicClock {
    private static final int TRIES = 5;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private MonotonicClock() {}

    /** Nanoseconds since boot, without the time spent asleep. */
    public static long now() {
        return System.nanoTime();
    }

    /**
     * What to add to a monotonic time to get nanoseconds since 1970. Wall time may be set at any moment: sample anew for
     * each window. Of several readings the one between the closest monotonic ones counts.
     */
    public static long wallOffsetNanos() {
        long best = 0;
        long bestSpan = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = System.nanoTime();
            var wall = Instant.now();
            long after = System.nanoTime();
            if (after - before < bestSpan) {
                bestSpan = after - before;
                best = wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano() - (before + bestSpan / 2);
            }
        }
        return best;
    }
}
