package io.stapscope.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * The last intervals of a run, bounded in number and in cells (buckets and series). Over the cell budget the oldest
 * intervals lose their facets and keep their totals, marked partial.
 */
final class IntervalRing {
    private final int capacity;
    private final int cellBudget;
    private final List<Interval> intervals = new ArrayList<>();
    private int cells;

    IntervalRing(int capacity, int cellBudget) {
        this.capacity = capacity;
        this.cellBudget = cellBudget;
    }

    void add(Interval interval) {
        intervals.add(interval);
        cells += interval.cells();
        if (intervals.size() > capacity) {
            cells -= intervals.removeFirst().cells();
        }
        for (int i = 0; i < intervals.size() && cells > cellBudget; i++) {
            var whole = intervals.get(i);
            if (!whole.partial()) {
                var thin = whole.totalsOnly();
                intervals.set(i, thin);
                cells += thin.cells() - whole.cells();
            }
        }
    }

    /** Intervals after {@code seq}, oldest first; all that are kept when some of those are gone. */
    List<Interval> after(long seq) {
        if (intervals.isEmpty() || intervals.getFirst().seq() > seq + 1) {
            return List.copyOf(intervals);
        }
        return intervals.stream().filter(interval -> interval.seq() > seq).toList();
    }
}
