package io.stapscope.codegen.layout;

import java.util.Map;

/**
 * All layouts of one script.
 *
 * @param cpus rows of everything that is kept by CPU
 * @param arrays by id of the global
 * @param statistics by id of the global
 */
public record Layouts(
        int cpus,
        SessionLayout session,
        GlobalsLayout globals,
        TaskLayout tasks,
        Map<Integer, ArrayLayout> arrays,
        Map<Integer, StatisticLayout> statistics) {
    public Layouts {
        arrays = Map.copyOf(arrays);
        statistics = Map.copyOf(statistics);
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
