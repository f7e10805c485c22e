package io.stapscope.tracer;

import io.stapscope.codegen.layout.CounterLayout;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.kernel.link.KernelObjects;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Adds up what was seen and lost, from the counters of every CPU and from user space. For one thread. */
final class LossMeter {
    private final @Nullable KernelObjects objects;
    private final @Nullable ByteBuffer counters;
    private final int rows;
    private final LiveGlobals globals;
    private final CostMeter cost;
    private final @Nullable EventReader events;
    private long userErrors;

    /** @param events who reads the ring buffer, null when there is none */
    LossMeter(@Nullable KernelObjects objects, int rows, LiveGlobals globals, @Nullable EventReader events) {
        this.events = events;
        this.objects = objects;
        this.rows = rows;
        this.globals = globals;
        this.counters = objects == null ? null : objects.map(MapNames.COUNTERS).view();
        this.cost = new CostMeter(objects == null ? java.util.List.of() : objects.programs());
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
        return sum(Counter.HITS);
    }

    Losses read() {
        long recursionMisses = 0;
        if (objects != null) {
            for (var program : objects.programs()) {
                recursionMisses += program.info().recursionMisses();
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
                accounts());
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
        if (counters == null) {
            return 0;
        }
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += counters.getLong(CounterLayout.offset(row, counter));
        }
        return sum;
    }
}
