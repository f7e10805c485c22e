package io.stapscope.tracer;

import io.stapscope.codegen.layout.AggregateLayout;
import io.stapscope.codegen.layout.KeyLayout;
import io.stapscope.codegen.layout.StatisticLayout;
import io.stapscope.compiler.ir.Global;
import io.stapscope.statistics.Aggregate;
import io.stapscope.statistics.Buckets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one statistic from its mapped slots: cumulative counters of every CPU, differenced modulo 2^32, so nothing is
 * ever reset and nothing is lost. For one thread. What user-space handlers feed is kept beside it.
 */
final class StatisticReader {
    private static final String OTHER = "(other)";

    private final Global global;
    private final StatisticLayout layout;
    private final @Nullable ByteBuffer keys;
    private final int keyStride;
    private final ByteBuffer values;
    private final int valueStride;

    /** In the order the keys appeared. */
    private final List<StatisticSeries> series = new ArrayList<>();

    private final Map<List<Object>, StatisticSeries> byKey = new HashMap<>();
    private final @Nullable StatisticSeries[] bySlot;
    private int published;

    /**
     * @param keys view of the keys map, null for a statistic without keys
     * @param values view of the values map
     */
    StatisticReader(
            Global global,
            StatisticLayout layout,
            @Nullable ByteBuffer keys,
            int keyStride,
            ByteBuffer values,
            int valueStride) {
        this.global = global;
        this.layout = layout;
        this.keys = keys;
        this.keyStride = keyStride;
        this.values = values;
        this.valueStride = valueStride;
        this.bySlot = new StatisticSeries[layout.slots()];
    }

    Global global() {
        return global;
    }

    /** Keys in use. */
    int size() {
        return series.size();
    }

    /** Takes in what all CPUs counted since the last time. @param nextSlot slots given out so far */
    void refresh(long nextSlot) {
        discover((int) Math.min(nextSlot, layout.keySlots()));
        for (int slot = 0; slot < bySlot.length; slot++) {
            var one = bySlot[slot];
            if (one != null) {
                absorb(one, slot);
            }
        }
    }

    void forEach(Consumer<StatisticSeries> visitor) {
        series.forEach(visitor);
    }

    @Nullable
    StatisticSeries find(List<Object> key) {
        return byKey.get(key);
    }

    /** Takes a value fed in user space. */
    void feed(List<Object> key, long value) {
        series(key).feed(value);
    }

    private StatisticSeries series(List<Object> key) {
        var found = byKey.get(key);
        if (found == null) {
            found = new StatisticSeries(global, key, layout.rows());
            byKey.put(key, found);
            series.add(found);
        }
        return found;
    }

    /** Opens the series of slots that were published since the last time. */
    private void discover(int givenOut) {
        if (keys == null) {
            if (bySlot[0] == null) {
                bySlot[0] = series(List.of());
            }
            return;
        }
        // A slot below the mark may still be unpublished: its program runs on another CPU at this moment.
        boolean complete = true;
        for (int slot = published; slot < givenOut; slot++) {
            if (bySlot[slot] == null && keys.getInt(slot * keyStride + layout.published()) == 1) {
                bySlot[slot] = series(KeyCodec.decode(layout.key(), keys, slot * keyStride));
            }
            complete &= bySlot[slot] != null;
            if (complete) {
                published = slot + 1;
            }
        }
        int other = layout.otherSlot();
        if (bySlot[other] == null && isFed(other)) {
            bySlot[other] = series(otherKey(layout.key()));
        }
    }

    private static List<Object> otherKey(KeyLayout key) {
        return key.parts().stream().map(part -> (Object) OTHER).toList();
    }

    private boolean isFed(int slot) {
        for (int row = 0; row < layout.rows(); row++) {
            if (values.getLong(at(row, slot) + AggregateLayout.COUNT) != 0) {
                return true;
            }
        }
        return false;
    }

    private void absorb(StatisticSeries one, int slot) {
        long sum = 0;
        for (int row = 0; row < layout.rows(); row++) {
            int base = at(row, slot);
            long count = values.getLong(base + AggregateLayout.COUNT);
            sum += values.getLong(base + AggregateLayout.SUM);
            if (count != one.absorbed(row)) {
                absorbBuckets(one, row, base);
                one.absorbExtremes(
                        values.getLong(base + AggregateLayout.MIN), values.getLong(base + AggregateLayout.MAX));
            }
        }
        one.kernelSum(sum);
    }

    private void absorbBuckets(StatisticSeries one, int row, int base) {
        var seen = one.seen(row, layout.aggregate());
        for (int i = 0; i < AggregateLayout.BUCKET_COUNT; i++) {
            int now = values.getInt(base + AggregateLayout.BUCKETS + 4 * i);
            if (now != seen[i]) {
                one.absorb(row, i - Buckets.MAX, Integer.toUnsignedLong(now - seen[i]));
                seen[i] = now;
            }
        }
        if (layout.aggregate().linear() > 0) {
            absorbLinear(one, seen, base);
        }
    }

    /** Slots of the scale in the order of {@code LinearHistogram}: below, buckets, above. */
    private void absorbLinear(StatisticSeries one, int[] seen, int base) {
        int buckets = layout.aggregate().linear();
        for (int slot = 0; slot < buckets + 2; slot++) {
            int offset = slot == 0
                    ? AggregateLayout.LINEAR_BELOW
                    : slot == buckets + 1 ? AggregateLayout.LINEAR_ABOVE : AggregateLayout.LINEAR + 4 * (slot - 1);
            int now = values.getInt(base + offset);
            int at = AggregateLayout.BUCKET_COUNT + slot;
            if (now != seen[at]) {
                one.absorbLinear(slot, Integer.toUnsignedLong(now - seen[at]));
                seen[at] = now;
            }
        }
    }

    /** Values of the kernel that the buckets read so far hold. */
    long applied() {
        long applied = 0;
        for (var one : series) {
            for (int row = 0; row < layout.rows(); row++) {
                applied += one.absorbed(row);
            }
        }
        return applied;
    }

    /** Values that the kernel's own count of a series and its buckets disagree about, as they were read last. */
    long unsettled() {
        long unsettled = 0;
        for (int slot = 0; slot < bySlot.length; slot++) {
            var one = bySlot[slot];
            for (int row = 0; one != null && row < layout.rows(); row++) {
                unsettled += Math.abs(values.getLong(at(row, slot) + AggregateLayout.COUNT) - one.absorbed(row));
            }
        }
        return unsettled;
    }

    private int at(int row, int slot) {
        return layout.index(row, slot) * valueStride;
    }

    /** The statistic of a key as the script sees it; empty when absent. */
    Aggregate extract(List<Object> key) {
        var found = byKey.get(key);
        return found == null ? StatisticSeries.empty(global) : found.visible();
    }
}
