package io.stapscope.history;

import java.util.List;

/**
 * What was seen and what did not reach us, cumulative since the start of a capture; the same figures as the tracer's, and
 * the lines that were printed.
 *
 * @param fired to {@code malformed}: what was counted twice, see the tracer's accounts
 * @param lines printed, as they were read
 * @param frames what was sent to who watches
 * @param probes handlers that were hit or lost something; empty in lists of captures
 */
public record LossRecord(
        long hits,
        long skippedSelf,
        long skippedNoEntry,
        long lostEvents,
        long lostKeys,
        long lostUpdates,
        long lostReturns,
        long readFaults,
        long recursionMisses,
        long softErrors,
        long keys,
        long keyCapacity,
        long nanosPerHit,
        long fired,
        long updates,
        long applied,
        long unsettled,
        long events,
        long consumed,
        long malformed,
        long lines,
        Frames frames,
        List<ProbeHits> probes) {
    public static final LossRecord NONE = new LossRecord(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * What became of the intervals that those who watch were to get.
     *
     * @param made counted where intervals are made
     * @param told counted where they went
     * @param missed that came to no watcher, as they count
     */
    public record Frames(long made, long told, long missed) {
        public static final Frames NONE = new Frames(0, 0, 0);
    }

    // What was spilled to disk by an earlier version does not tell of probes and frames.
    @SuppressWarnings("ConstantValue")
    public LossRecord {
        frames = frames == null ? Frames.NONE : frames;
        probes = probes == null ? List.of() : List.copyOf(probes);
    }

    /** The same with the accounts of handlers. */
    public LossRecord with(List<ProbeHits> ofHandlers) {
        return new LossRecord(
                hits,
                skippedSelf,
                skippedNoEntry,
                lostEvents,
                lostKeys,
                lostUpdates,
                lostReturns,
                readFaults,
                recursionMisses,
                softErrors,
                keys,
                keyCapacity,
                nanosPerHit,
                fired,
                updates,
                applied,
                unsettled,
                events,
                consumed,
                malformed,
                lines,
                frames,
                ofHandlers);
    }

    /** Without what is counted twice. */
    public LossRecord(
            long hits,
            long skippedSelf,
            long skippedNoEntry,
            long lostEvents,
            long lostKeys,
            long lostUpdates,
            long lostReturns,
            long readFaults,
            long recursionMisses,
            long softErrors,
            long keys,
            long keyCapacity,
            long nanosPerHit) {
        this(
                hits,
                skippedSelf,
                skippedNoEntry,
                lostEvents,
                lostKeys,
                lostUpdates,
                lostReturns,
                readFaults,
                recursionMisses,
                softErrors,
                keys,
                keyCapacity,
                nanosPerHit,
                hits + skippedNoEntry,
                0,
                0,
                0,
                lostEvents,
                0,
                0,
                0,
                Frames.NONE,
                List.of());
    }

    /** Everything that makes a figure inexact. */
    public long lost() {
        return lostEvents + lostKeys + lostUpdates + lostReturns + recursionMisses + malformed;
    }
}
