package io.stapscope.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One window of a run, split into facets. Immutable, so that the ring, the subscribers and the history share it.
 *
 * @param seq the window's number plus one, so that 0 means "none yet"
 * @param startNanos CLOCK_MONOTONIC
 * @param endNanos CLOCK_MONOTONIC, exclusive
 * @param wallOffsetNanos add it to a monotonic time to get nanoseconds since 1970
 * @param opened series seen for the first time
 * @param renamed series of earlier intervals whose keys have other words now
 * @param aggregates every aggregate of the plan, by id, also those that did not change
 * @param losses cumulative
 * @param partial the facets are no longer kept, only the total is
 * @param gap time passed before it that nobody counted
 * @param lost losses grew in it
 */
public record Interval(
        long seq,
        long startNanos,
        long endNanos,
        long wallOffsetNanos,
        List<LiveSeries> opened,
        List<LiveSeries> renamed,
        Map<Integer, AggregateInterval> aggregates,
        LossReport losses,
        boolean partial,
        boolean gap,
        boolean lost) {
    public Interval {
        opened = List.copyOf(opened);
        renamed = List.copyOf(renamed);
        aggregates = Map.copyOf(aggregates);
    }

    public AggregateInterval aggregate(int agg) {
        return aggregates.getOrDefault(agg, AggregateInterval.EMPTY);
    }

    Interval totalsOnly() {
        return with(each -> each.only(Facet.TOTAL), true);
    }

    private Interval with(UnaryOperator<AggregateInterval> change, boolean nowPartial) {
        var changed = new HashMap<Integer, AggregateInterval>();
        aggregates.forEach((agg, each) -> changed.put(agg, change.apply(each)));
        return new Interval(
                seq, startNanos, endNanos, wallOffsetNanos, opened, renamed, changed, losses, nowPartial, gap, lost);
    }

    int cells() {
        return aggregates.values().stream().mapToInt(AggregateInterval::cells).sum();
    }
}
