package io.stapscope.history;

import java.util.ArrayList;
import java.util.List;

/** Whether figures are complete: nothing is lost, and what was counted twice agrees. */
public final class Verdict {
    private Verdict() {}

    /** What is known to be missing, as name=number; empty when nothing is. Also while the capture runs. */
    public static List<String> losses(LossRecord losses, long refusedByStore) {
        var reasons = new ArrayList<String>();
        add(reasons, "lost_events", losses.lostEvents());
        add(reasons, "lost_keys", losses.lostKeys());
        add(reasons, "lost_updates", losses.lostUpdates());
        add(reasons, "lost_returns", losses.lostReturns());
        add(reasons, "recursion_misses", losses.recursionMisses());
        add(reasons, "malformed", losses.malformed());
        add(reasons, "store_refused", refusedByStore);
        return reasons;
    }

    /**
     * What nobody accounts for, as name=difference; empty when both sides agree. Exact when nothing runs any more: before,
     * the kernel may count while the other side is read.
     */
    public static List<String> balance(LossRecord losses) {
        var reasons = new ArrayList<String>();
        // I1: fired = handled + skipped
        add(reasons, "balance_hits", losses.fired() - losses.hits() - losses.skippedNoEntry());
        // I2: updates = applied + failed; updates of arrays are among the failed ones, too
        long missing = losses.updates() - losses.applied();
        add(reasons, "balance_updates", missing < 0 ? missing : Math.max(0, missing - losses.lostUpdates()));
        // I3 and I4: events = consumed + lost
        add(reasons, "balance_events", losses.events() - losses.consumed() - losses.lostEvents());
        // I7: count = sum of the buckets
        add(reasons, "balance_buckets", losses.unsettled());
        // I10: frames made = sent + coalesced + dropped + waiting, and who watches counts what was sent
        add(reasons, "balance_frames", losses.frames().made() - losses.frames().told());
        add(reasons, "frames_missed", losses.frames().missed());
        return reasons;
    }

    private static void add(List<String> reasons, String name, long number) {
        if (number != 0) {
            reasons.add(name + "=" + number);
        }
    }
}
