package io.stapscope.pipeline;

import io.stapscope.tracer.ProbeAccount;
import org.jspecify.annotations.Nullable;

/**
 * {@link ProbeAccount} as it is shown: cumulative since the start of a run.
 *
 * @param nanosPerHit null while it is unknown
 * @param estimated whether that is a share of the time of a program with several handlers
 */
public record ProbeFigures(
        int handler, long hits, long lost, @Nullable Long nanosPerHit, boolean estimated) {
    static ProbeFigures of(ProbeAccount account) {
        return new ProbeFigures(
                account.handler(),
                account.hits(),
                account.lost(),
                account.isTimed() ? account.nanosPerHit() : null,
                account.isTimed() && account.estimated());
    }

    /** Most handlers of a wildcard are never hit: nothing is said of those. */
    static boolean tells(ProbeAccount account) {
        return account.hits() > 0 || account.lost() > 0;
    }
}
