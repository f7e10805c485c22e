package io.stapscope.history;

/** What was seen and what did not reach us, cumulative since the start of a capture; the same figures as the tracer's. */
public record LossRecord(
        long hits,
        long skippedSelf,
        long skippedNoEntry,
        long lostEvents,
        long lostKeys,
        long lostUpdates,
        long readFaults,
        long recursionMisses,
        long softErrors,
        long keys,
        long keyCapacity,
        long nanosPerHit) {
    public static final LossRecord NONE = new LossRecord(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Everything that makes a figure inexact. */
    public long lost() {
        return lostEvents + lostKeys + lostUpdates + recursionMisses;
    }
}
