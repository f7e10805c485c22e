package io.stapscope.pipeline;

import io.stapscope.tracer.Accounts;
import io.stapscope.tracer.Losses;
import java.util.List;

/**
 * {@link Losses} as it is shown: with their sum.
 *
 * @param probes handlers that were hit or lost something, in the order of the script
 */
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
        Accounts accounts,
        List<ProbeFigures> probes) {
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
                losses.accounts(),
                losses.probes().stream()
                        .filter(ProbeFigures::tells)
                        .map(ProbeFigures::of)
                        .toList());
    }
}
