package io.stapscope.pipeline;

import io.stapscope.tracer.Accounts;
import io.stapscope.tracer.Losses;

/** {@link Losses} as it is shown: with their sum. */
public record LossReport(
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
        long lost,
        Accounts accounts) {
    public static final LossReport NONE = of(Losses.NONE);

    public static LossReport of(Losses losses) {
        return new LossReport(
                losses.hits(),
                losses.skippedSelf(),
                losses.skippedNoEntry(),
                losses.lostEvents(),
                losses.lostKeys(),
                losses.lostUpdates(),
                losses.lostReturns(),
                losses.readFaults(),
                losses.recursionMisses(),
                losses.softErrors(),
                losses.keys(),
                losses.keyCapacity(),
                losses.nanosPerHit(),
                losses.lost(),
                losses.accounts());
    }
}
