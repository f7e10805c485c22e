package io.stapscope.tracer;

import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.kernel.link.KernelObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds up what was seen and lost, from the counters of every CPU and from user space. For one thread. */
final class LossMeter {
    private final @Nullable KernelObjects objects;
    private final int @Nullable [][] counters;
    private final List<List<Integer>> programs;
    private final HandlerMeter handlers;
    private final LiveGlobals globals;
    private final CostMeter cost;
    private final @Nullable EventReader events;
    private long userErrors;

    /**
     * @param loaded null when nothing is in the kernel
     * @param events who reads the ring buffer, null when there is none
     */
    LossMeter(Plan plan, @Nullable LoadedPlan loaded, LiveGlobals globals, @Nullable EventReader events) {
        this.events = events;
        this.globals = globals;
        if (loaded == null) {
            objects = null;
            counters = null;
            programs = List.of();
            handlers = new HandlerMeter(plan.handlers(), null, null);
            cost = new CostMeter(List.of(), programs, handlers);
        } else {
            objects = loaded.objects();
            var layout = loaded.generated().layouts().counters();
            counters = Stream.of(Counter.values()).map(layout::offsets).toArray(int[][]::new);
            programs = loaded.generated().handlers();
            var view = objects.map(MapNames.COUNTERS).view();
            handlers = new HandlerMeter(plan.handlers(), layout, view);
            cost = new CostMeter(objects.programs(), programs, handlers);
        }
    }

    /** A handler has run in user space that the kernel did not fire. */
    void ran(Handler handler, long nanos) {
        handlers.ran(handler, nanos);
    }

    /** A handler in user space raised a soft error. */
    void userError() {
        userErrors++;
    }

    /** Soft errors of both sides. */
    long errors() {
        return userErrors + sum(Counter.SOFT_ERRORS);
    }

    CostMeter cost() {
        return cost;
    }

    long hits() {
        return handlers.kernelHits();
    }

    Losses read() {
        long recursionMisses = 0;
        var missed = new long[handlers.size()];
        if (objects != null) {
            for (int program = 0; program < programs.size(); program++) {
                long misses = objects.programs().get(program).info().recursionMisses();
                recursionMisses += misses;
                if (programs.get(program).size() == 1) {
                    missed[programs.get(program).getFirst()] += misses;
                }
            }
        }
        long keys = 0;
        long capacity = 0;
        for (var statistic : globals.statistics()) {
            keys += statistic.size();
            capacity += statistic.global().capacity();
        }
        for (var array : globals.arrays()) {
            keys += array.lastSize();
            capacity += array.capacity();
        }
        return new Losses(
                hits(),
                sum(Counter.SKIPPED_SELF),
                sum(Counter.SKIPPED_NO_ENTRY),
                sum(Counter.LOST_EVENTS),
                sum(Counter.LOST_KEYS),
                sum(Counter.LOST_UPDATES),
                sum(Counter.LOST_RETURNS),
                sum(Counter.READ_FAULTS),
                recursionMisses,
                errors(),
                keys,
                capacity,
                cost.nanosPerHit(),
                accounts(),
                probes(missed));
    }

    private List<ProbeAccount> probes(long[] missed) {
        var all = new ArrayList<ProbeAccount>(missed.length);
        for (int handler = 0; handler < missed.length; handler++) {
            long ran = handlers.nanosPerRun(handler);
            all.add(new ProbeAccount(
                    handler,
                    handlers.hits(handler),
                    handlers.lost(handler) + missed[handler],
                    ran == ProbeAccount.UNKNOWN ? cost.nanosPerHit(handler) : ran,
                    cost.isEstimated(handler)));
        }
        return all;
    }

    private Accounts accounts() {
        long applied = 0;
        long unsettled = 0;
        for (var statistic : globals.statistics()) {
            applied += statistic.applied();
            unsettled += statistic.unsettled();
        }
        return new Accounts(
                sum(Counter.FIRED),
                sum(Counter.UPDATES),
                applied,
                unsettled,
                sum(Counter.EVENTS),
                events == null ? 0 : events.consumed(),
                events == null ? 0 : events.malformed());
    }

    private long sum(Counter counter) {
        return counters == null ? 0 : handlers.sum(counters[counter.ordinal()]);
    }
}
