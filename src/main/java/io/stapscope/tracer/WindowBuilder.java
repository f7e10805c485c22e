package io.stapscope.tracer;

import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Global.Place;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.type.Type;
import io.stapscope.statistics.Histogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Turns cumulative values into windows: opens series, subtracts what was reported before. For one thread. */
final class WindowBuilder {
    private static final int[] NO_BUCKETS = {};
    private static final long[] NO_COUNTS = {};

    private final Plan plan;
    private final LiveGlobals globals;
    private final StackKeys stacks;
    private final Map<SeriesKey, Reported> reported = new HashMap<>();
    private int nextSeries;
    private long nextNumber;

    private List<Window.Series> opened = new ArrayList<>();
    private List<Window.Delta> deltas = new ArrayList<>();

    private record SeriesKey(int global, List<Object> key) {}

    /** What was handed on of a series that is read as a cumulative value. */
    private static final class Reported {
        private final int series;
        private long count;
        private long sum;
        private Histogram histogram = new Histogram();

        private Reported(int series) {
            this.series = series;
        }
    }

    WindowBuilder(Plan plan, LiveGlobals globals, StackKeys stacks) {
        this.plan = plan;
        this.globals = globals;
        this.stacks = stacks;
    }

    /** @param losses asked when everything was read, so that what arrived is compared with what was counted */
    Window build(long startNanos, long endNanos, long wallOffsetNanos, Supplier<Losses> losses) {
        opened = new ArrayList<>();
        deltas = new ArrayList<>();
        for (var reader : globals.statistics()) {
            globals.refresh(reader).forEach(series -> take(reader.global(), series));
        }
        for (var array : globals.arrays()) {
            if (array.global().counter()) {
                array.forEachCount((key, count) -> count(array.global(), key, count));
            }
        }
        for (var global : plan.globals()) {
            if (global.place() == Place.USER) {
                fromMemory(global);
            } else if (global.counter() && !global.isArray()) {
                count(global, List.of(), globals.currentScalar(global));
            }
        }
        return new Window(nextNumber++, startNanos, endNanos, wallOffsetNanos, opened, deltas, losses.get());
    }

    private void take(Global global, StatisticSeries series) {
        if (!series.hasGained()) {
            return;
        }
        if (series.id() < 0) {
            series.open(nextSeries++);
            opened.add(new Window.Series(series.id(), global.id(), stacks.named(global, series.key())));
        }
        var delta = series.takeDelta();
        if (delta != null) {
            deltas.add(delta);
        }
    }

    private void fromMemory(Global global) {
        if (global.isStatistic()) {
            if (global.isArray()) {
                // Elements are handed out with their numbers only.
                for (var element : globals.memory().elements(global)) {
                    distribution(global, element.keys());
                }
            } else {
                distribution(global, List.of());
            }
        } else if (global.counter() && global.value() == Type.LONG) {
            if (global.isArray()) {
                for (var element : globals.memory().elements(global)) {
                    count(global, element.keys(), (Long) element.value());
                }
            } else {
                count(global, List.of(), (Long) globals.memory().read(global, List.of()));
            }
        }
    }

    private void count(Global global, List<Object> key, long value) {
        var before = reported(global, key, value == 0);
        if (before == null) {
            return;
        }
        // A counter that went back was deleted and began again.
        long gained = value >= before.count ? value - before.count : value;
        before.count = value;
        if (gained > 0) {
            deltas.add(new Window.Delta(before.series, gained, gained, 0, 0, NO_BUCKETS, NO_COUNTS));
        }
    }

    private void distribution(Global global, List<Object> key) {
        var aggregate = globals.memory().extract(global, key);
        var before = reported(global, key, aggregate.isEmpty());
        if (before == null) {
            return;
        }
        if (aggregate.count() < before.count) {
            before.count = 0;
            before.sum = 0;
            before.histogram = new Histogram();
        }
        if (aggregate.count() > before.count) {
            var gained = new Histogram();
            var earlier = before.histogram;
            aggregate.histogram().forEach((bucket, count) -> {
                if (count > earlier.countOf(bucket)) {
                    gained.addBucket(bucket, count - earlier.countOf(bucket));
                }
            });
            deltas.add(new Window.Delta(
                    before.series,
                    gained.count(),
                    aggregate.sum() - before.sum,
                    aggregate.min(),
                    aggregate.max(),
                    gained.buckets(),
                    gained.counts()));
            before.count = aggregate.count();
            before.sum = aggregate.sum();
            before.histogram = aggregate.histogram().copy();
        }
    }

    /** What is known of a series; opens it unless it is still empty. */
    private @org.jspecify.annotations.Nullable Reported reported(Global global, List<Object> key, boolean empty) {
        var identity = new SeriesKey(global.id(), key);
        var found = reported.get(identity);
        if (found == null && !empty) {
            found = new Reported(nextSeries++);
            reported.put(identity, found);
            opened.add(new Window.Series(found.series, global.id(), stacks.named(global, key)));
        }
        return found;
    }
}
