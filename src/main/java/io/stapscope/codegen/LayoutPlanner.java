package io.stapscope.codegen;

import io.stapscope.codegen.layout.ArrayLayout;
import io.stapscope.codegen.layout.CounterLayout;
import io.stapscope.codegen.layout.GlobalsLayout;
import io.stapscope.codegen.layout.Layouts;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.codegen.layout.StatisticLayout;
import io.stapscope.codegen.layout.TaskLayout;
import io.stapscope.codegen.layout.TaskLayout.Cache;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.host.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides where everything of a plan lies. */
final class LayoutPlanner {
    /** Slots a task remembers of each statistic; enough for the system calls of one program in its steady state. */
    private static final int CACHE_LINES = 16;

    private final Plan plan;
    private final CodeLanes lanes;
    private final Interruptions interruptions;
    private final Host host;

    private LayoutPlanner(Plan plan, CodeLanes lanes, Interruptions interruptions, Host host) {
        this.plan = plan;
        this.lanes = lanes;
        this.interruptions = interruptions;
        this.host = host;
    }

    static Layouts plan(Plan plan, CodeLanes lanes, Interruptions interruptions, Host host) {
        var planner = new LayoutPlanner(plan, lanes, interruptions, host);
        var arrays = planner.globals(global -> global.isArray() && !global.isStatistic());
        var statistics = planner.globals(Global::isStatistic);
        var scalars = planner.globals(global -> !global.isArray() && !global.isStatistic());
        var keyed = statistics.stream().filter(Global::isArray).toList();
        return new Layouts(
                host.possibleCpus(),
                CounterLayout.shared(host.possibleCpus(), List.of()),
                new SessionLayout(planner.processes(), ids(keyed), ids(arrays)),
                GlobalsLayout.of(scalars),
                planner.tasks(statistics),
                byId(arrays, ArrayLayout::of),
                byId(statistics, global -> StatisticLayout.of(global, host.possibleCpus())));
    }

    private List<Global> globals(Predicate<Global> kind) {
        return plan.globals().stream()
                .filter(global -> global.place() == Global.Place.KERNEL)
                .filter(kind)
                .toList();
    }

    private static List<Integer> ids(List<Global> globals) {
        return globals.stream().map(Global::id).toList();
    }

    private static <T> Map<Integer, T> byId(List<Global> globals, Function<Global, T> layout) {
        return globals.stream().collect(Collectors.toMap(Global::id, layout));
    }

    private List<Integer> processes() {
        return plan.handlers().stream()
                .map(handler -> handler.point().watched())
                .filter(Target.Pid.class::isInstance)
                .map(target -> ((Target.Pid) target).pid())
                .distinct()
                .toList();
    }

    private TaskLayout tasks(List<Global> statistics) {
        var widths = new StringWidths(plan.limits(), host);
        var blocks = new EntryBlocks(widths);
        plan.handlers().forEach(blocks::add);
        int next = blocks.size();
        var caches = new LinkedHashMap<Integer, Cache>();
        for (var statistic : statistics) {
            if (Statistics.isCached(statistic) && !interruptions.arePossible()) {
                var cache = new Cache(next, 8 * statistic.keys().size(), CACHE_LINES);
                caches.put(statistic.id(), cache);
                next += cache.size();
            }
        }
        var elements = new LinkedHashMap<Integer, Integer>();
        for (var global : plan.globals()) {
            if (global.place() == Global.Place.THREAD) {
                elements.put(global.id(), next);
                next += TaskLayout.ELEMENT;
            }
        }
        var stacks = lanes.stacks(next, widths);
        for (var stack : stacks.values()) {
            next = Math.max(next, stack.end());
        }
        return new TaskLayout(blocks.byHandler(), caches, stacks, elements, next);
    }
}
