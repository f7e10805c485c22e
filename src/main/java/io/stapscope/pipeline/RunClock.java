package io.stapscope.pipeline;

/**
 * Milliseconds since a run began, from the kernel's monotonic time. The wall clock is read once, at the first interval, so
 * that a later correction of it does not bend the time axis.
 *
 * @param originNanos the monotonic time at which the run began
 */
public record RunClock(long originNanos) {
    /** @param startedMillis when the run began, milliseconds since 1970 */
    public static RunClock startedAt(long startedMillis, long wallOffsetNanos) {
        return new RunClock(startedMillis * 1_000_000 - wallOffsetNanos);
    }

    public long millis(long monotonicNanos) {
        return Math.max(0, Math.floorDiv(monotonicNanos - originNanos, 1_000_000L));
    }
}
