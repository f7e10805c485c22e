package io.stapscope.tracer;

import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;
import io.stapscope.kernel.syscall.KernelException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the programs of a run cost: the kernel times them during a short part of some windows, since timing
 * itself costs as much as a small handler. For one thread.
 */
final class CostMeter {
    /** What reaching a program costs beside its own time: half of an empty enter and exit pair. */
    private static final long HOOK_NANOS = 85;

    private final List<BpfProgram> programs;
    private final List<List<Integer>> handlers;
    private final HandlerMeter meter;
    private final long[] costBefore;
    private final long[] hitsBefore;
    private final long[] costs;
    private final long[] nanosPerHit;
    private final boolean[] estimated;
    private @Nullable Descriptor statistics;
    private boolean refused;
    private long nanosPerAnyHit;

    /** @param handlers ids of those that are in each program */
    CostMeter(List<BpfProgram> programs, List<List<Integer>> handlers, HandlerMeter meter) {
        this.programs = programs;
        this.handlers = handlers;
        this.meter = meter;
        this.refused = programs.isEmpty();
        costBefore = new long[programs.size()];
        hitsBefore = new long[meter.size()];
        costs = new long[meter.size()];
        nanosPerHit = new long[meter.size()];
        Arrays.fill(nanosPerHit, ProbeAccount.UNKNOWN);
        estimated = new boolean[meter.size()];
    }

    /** Begins a measurement. */
    void begin() {
        if (refused || statistics != null) {
            return;
        }
        try {
            statistics = Bpf.enableStatistics();
        } catch (KernelException e) {
            // Needs CAP_SYS_ADMIN: without it the cost stays unknown, which is shown as such.
            refused = true;
            return;
        }
        for (int handler = 0; handler < hitsBefore.length; handler++) {
            hitsBefore[handler] = meter.kernelHits(handler);
        }
        for (int program = 0; program < costBefore.length; program++) {
            costBefore[program] = cost(program);
        }
    }

    /** Ends the measurement. */
    void end() {
        if (statistics == null) {
            return;
        }
        var hits = new long[hitsBefore.length];
        for (int handler = 0; handler < hits.length; handler++) {
            hits[handler] = meter.kernelHits(handler) - hitsBefore[handler];
        }
        long cost = 0;
        Arrays.fill(costs, 0);
        for (int program = 0; program < costBefore.length; program++) {
            long added = cost(program) - costBefore[program];
            cost += added;
            share(added, handlers.get(program), hits);
        }
        close();
        long all = 0;
        for (int handler = 0; handler < hits.length; handler++) {
            all += hits[handler];
            if (hits[handler] > 0) {
                nanosPerHit[handler] = costs[handler] / hits[handler];
            }
        }
        if (all > 0) {
            nanosPerAnyHit = cost / all;
        }
    }

    /** Handlers of one program share its time in proportion to their hits: the kernel times no part of a program. */
    private void share(long cost, List<Integer> of, long[] hits) {
        long all = 0;
        for (int handler : of) {
            all += hits[handler];
        }
        for (int handler : of) {
            estimated[handler] |= of.size() > 1;
            costs[handler] += of.size() == 1 ? cost : all == 0 ? 0 : Math.round((double) cost * hits[handler] / all);
        }
    }

    boolean isMeasuring() {
        return statistics != null;
    }

    /** Time of all programs for each handled hit, 0 while unknown. */
    long nanosPerHit() {
        return nanosPerAnyHit;
    }

    /** Time of its programs for each hit of a handler, {@link ProbeAccount#UNKNOWN} while it is. */
    long nanosPerHit(int handler) {
        return nanosPerHit[handler];
    }

    /** Whether that is a share of the time of a program with several handlers. */
    boolean isEstimated(int handler) {
        return estimated[handler];
    }

    void close() {
        if (statistics != null) {
            statistics.close();
            statistics = null;
        }
    }

    private long cost(int program) {
        var info = programs.get(program).info();
        return info.runNanos() + info.runs() * HOOK_NANOS;
    }
}
