package io.stapscope.codegen.layout;

import io.stapscope.compiler.ir.Global;

/**
 * The maps of one statistic. Its aggregates lie in the array map {@link MapNames#values} at index
 * {@code row * slots + slot}; row {@code n * cpus + cpu} is that of the nth program that feeds it. With keys, {@link MapNames#keys} holds the key of each slot and a u32 that is 1 once the
 * slot is in use; a slot whose flag stays 0 was given up in a race and has no values. Slots are never freed.
 *
 * @param capacity most keys
 * @param rows of aggregates
 */
public record StatisticLayout(int global, KeyLayout key, AggregateLayout aggregate, int capacity, int rows) {
    /** Slots that races between CPUs may waste. */
    private static final int SLACK = 64;

    /** With a row for each CPU. */
    public static StatisticLayout of(Global global, int cpus) {
        return new StatisticLayout(
                global.id(), KeyLayout.of(global), AggregateLayout.of(global.linear()), global.capacity(), cpus);
    }

    public StatisticLayout withRows(int number) {
        return new StatisticLayout(global, key, aggregate, capacity, number);
    }

    public boolean isKeyed() {
        return key.size() > 0;
    }

    /** Slots that may be given to keys. */
    public int keySlots() {
        return isKeyed() ? capacity + SLACK : 1;
    }

    /** Takes the values of all keys that found no room; counted as lost keys. Only with keys. */
    public int otherSlot() {
        return keySlots();
    }

    public int slots() {
        return isKeyed() ? keySlots() + 1 : 1;
    }

    /** Index in the values map. */
    public int index(int row, int slot) {
        return row * slots() + slot;
    }

    /** u32 in a value of the keys map; the key itself is at 0. */
    public int published() {
        return key.size();
    }

    /** Bytes of a value of the keys map. */
    public int keyEntrySize() {
        return key.size() + 8;
    }
}
