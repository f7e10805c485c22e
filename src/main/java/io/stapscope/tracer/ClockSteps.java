package io.stapscope.tracer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Notices when the wall clock is set. Order and durations come from the monotonic clock alone; people want to know that
 * the times of day they compare with ours moved. For one thread.
 */
final class ClockSteps {
    private static final long LEAST_NANOS = 100_000_000;
    private static final double NANOS = 1e9;

    private long offsetNanos;

    /** @param offsetNanos from the monotonic to the wall clock at the start */
    ClockSteps(long offsetNanos) {
        this.offsetNanos = offsetNanos;
    }

    /** What to tell people about the offset of now; null when it is about the last one. Slow drift adds up. */
    @Nullable
    String look(long now) {
        long step = now - offsetNanos;
        if (Math.abs(step) < LEAST_NANOS) {
            return null;
        }
        offsetNanos = now;
        return String.format(
                Locale.ROOT, "the clock was set %.1f s %s", Math.abs(step) / NANOS, step > 0 ? "forward" : "back");
    }
}
