package io.stapscope.tracer;

import java.util.List;

/**
 * What was seen and what did not reach us, cumulative since the start of a run.
 *
 * @param hits handlers run by the kernel
 * @param skippedSelf hits of the product's own processes
 * @param skippedNoEntry returns whose system call was entered before the run started
 * @param lostEvents printed or deferred events for which the ring buffer had no room
 * @param lostKeys updates of keys for which an array or statistic had no room
 * @param lostUpdates updates the kernel refused for another reason
 * @param lostReturns returns of functions that the kernel does not deliver: calls nested too deeply
 * @param readFaults addresses that could not be read
 * @param recursionMisses hits the kernel dropped because the program already ran on that CPU
 * @param softErrors soft errors raised
 * @param keys elements in use of all arrays and statistics
 * @param keyCapacity elements there is room for
 * @param nanosPerHit average cost of a handler, 0 while unknown
 * @param accounts both sides of what was counted twice
 * @param probes of each handler of the plan, in its order; empty where nobody counted them
 */
public record Losses(
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
        Accounts accounts,
        List<ProbeAccount> probes) {
    public static final Losses NONE = new Losses(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Accounts.NONE, List.of());

    public Losses {
        probes = List.copyOf(probes);
    }

    /** Everything that makes a figure inexact. */
    public long lost() {
        return lostEvents + lostKeys + lostUpdates + lostReturns + recursionMisses;
    }
}
