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
                losses.readFaults(),
                // Both are hits that the kernel did not let through.
                losses.recursionMisses() + losses.lostReturns(),
                losses.softErrors(),
                losses.keys(),
                losses.keyCapacity(),
                losses.nanosPerHit(),
                losses.lost(),
                losses.accounts());
    }
}
