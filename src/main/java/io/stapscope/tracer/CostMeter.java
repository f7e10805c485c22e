package io.stapscope.tracer;

import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;
import io.stapscope.kernel.syscall.KernelException;
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
    private @Nullable Descriptor statistics;
    private boolean refused;
    private long hitsBefore;
    private long nanosBefore;
    private long runsBefore;
    private long nanosPerHit;

    CostMeter(List<BpfProgram> programs) {
        this.programs = programs;
        this.refused = programs.isEmpty();
    }

    /** Begins a measurement. @param hits of all handlers so far */
    void begin(long hits) {
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
        hitsBefore = hits;
        nanosBefore = nanos();
        runsBefore = runs();
    }

    /** Ends the measurement. @param hits of all handlers so far */
    void end(long hits) {
        if (statistics == null) {
            return;
        }
        long nanos = nanos() - nanosBefore;
        long runs = runs() - runsBefore;
        close();
        if (hits > hitsBefore) {
            nanosPerHit = (nanos + runs * HOOK_NANOS) / (hits - hitsBefore);
        }
    }

    boolean isMeasuring() {
        return statistics != null;
    }

    /** Time of all programs for each handled hit, 0 while unknown. */
    long nanosPerHit() {
        return nanosPerHit;
    }

    void close() {
        if (statistics != null) {
            statistics.close();
            statistics = null;
        }
    }

    private long nanos() {
        return programs.stream().mapToLong(program -> program.info().runNanos()).sum();
    }

    private long runs() {
        return programs.stream().mapToLong(program -> program.info().runs()).sum();
    }
}
