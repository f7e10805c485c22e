package io.stapscope.tracer;

import io.stapscope.codegen.layout.CounterLayout;
import io.stapscope.compiler.ir.Handler;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what each handler was hit by: in the kernel from its counters, in user space as it runs. For one thread. */
final class HandlerMeter {
    private static final int[] NOWHERE = {};

    private final @Nullable ByteBuffer counters;
    private final int[][] hits;
    private final int[][] lost;
    private final long[] runs;
    private final long[] nanos;

    /**
     * @param layout of the counters, null when nothing is in the kernel
     * @param counters of the kernel
     */
    HandlerMeter(List<Handler> handlers, @Nullable CounterLayout layout, @Nullable ByteBuffer counters) {
        this.counters = counters;
        int size = handlers.size();
        hits = new int[size][];
        lost = new int[size][];
        runs = new long[size];
        nanos = new long[size];
        for (int id = 0; id < size; id++) {
            hits[id] = layout == null ? NOWHERE : layout.hits(id);
            lost[id] = layout == null ? NOWHERE : layout.lost(id);
        }
    }

    /** A handler has run in user space that the kernel did not fire. */
    void ran(Handler handler, long duration) {
        runs[handler.id()]++;
        nanos[handler.id()] += handler.place() == Handler.Place.USER ? duration : 0;
    }

    int size() {
        return hits.length;
    }

    /** As the kernel fired it. */
    long kernelHits(int handler) {
        return sum(hits[handler]);
    }

    /** Of all handlers. */
    long kernelHits() {
        long sum = 0;
        for (var offsets : hits) {
            sum += sum(offsets);
        }
        return sum;
    }

    long hits(int handler) {
        return kernelHits(handler) + runs[handler];
    }

    long lost(int handler) {
        return sum(lost[handler]);
    }

    /** How long a handler of user space takes, {@link ProbeAccount#UNKNOWN} for the others. */
    long nanosPerRun(int handler) {
        return nanos[handler] == 0 ? ProbeAccount.UNKNOWN : nanos[handler] / runs[handler];
    }

    /** Adds up numbers of the counters. */
    long sum(int[] offsets) {
        long sum = 0;
        if (counters != null) {
            for (int offset : offsets) {
                sum += counters.getLong(offset);
            }
        }
        return sum;
    }
}
