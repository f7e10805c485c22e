package io.stapscope.codegen.layout;

import java.util.Map;

/**
 * All layouts of one script.
 *
 * @param cpus that may be
 * @param arrays by id of the global
 * @param statistics by id of the global
 */
public record Layouts(
        int cpus,
        CounterLayout counters,
        SessionLayout session,
        GlobalsLayout globals,
        TaskLayout tasks,
        Map<Integer, ArrayLayout> arrays,
        Map<Integer, StatisticLayout> statistics) {
    public Layouts {
        arrays = Map.copyOf(arrays);
        statistics = Map.copyOf(statistics);
    }

    /** The same with other rows. */
    public Layouts withRows(CounterLayout ofCounters, Map<Integer, StatisticLayout> ofStatistics) {
        return new Layouts(cpus, ofCounters, session, globals, tasks, arrays, ofStatistics);
    }

    public ArrayLayout array(int global) {
        var layout = arrays.get(global);
        if (layout == null) {
            throw new IllegalArgumentException("global " + global + " is no array in the kernel");
        }
        return layout;
    }

    public StatisticLayout statistic(int global) {
        var layout = statistics.get(global);
        if (layout == null) {
            throw new IllegalArgumentException("global " + global + " is no statistic in the kernel");
        }
        return layout;
    }
}
