package io.stapscope.statistics;

import java.util.Arrays;

/**
 * The histogram of {@code @hist_linear(s, low, high, width)}: slot 0 counts values below {@code low}, slot i those of
 * {@code [low + (i - 1) * width, low + i * width)}, the last slot everything above. Merges only with its own kind.
 */
public final class LinearHistogram {
    /** SystemTap refuses scales with more slots. */
    public static final int MOST_SLOTS = 128;

    private final long low;
    private final long high;
    private final long width;
    private final long[] slots;

    public LinearHistogram(long low, long high, long width) {
        this.low = low;
        this.high = high;
        this.width = width;
        this.slots = new long[slots(low, high, width)];
    }

    /** Slots of a scale: the natural ones, underflow and overflow. */
    public static int slots(long low, long high, long width) {
        if (width <= 0 || high <= low) {
            throw new IllegalArgumentException("linear scale " + low + ", " + high + ", " + width);
        }
        // The range of two longs is read as unsigned: it can exceed Long.MAX_VALUE.
        long natural = Long.divideUnsigned(high - low, width);
        if (Long.compareUnsigned(natural, MOST_SLOTS - 3) > 0) {
            throw new IllegalArgumentException("linear scale " + low + ", " + high + ", " + width + " has more than "
                    + (MOST_SLOTS - 2) + " buckets");
        }
        return (int) natural + 3;
    }

    public void add(long value) {
        addSlot(slotOf(value), 1);
    }

    /** Slot of a value. */
    public int slotOf(long value) {
        if (value < low) {
            return 0;
        }
        long natural = Long.divideUnsigned(value - low, width);
        return Long.compareUnsigned(natural, slots.length - 2) >= 0 ? slots.length - 1 : (int) natural + 1;
    }

    public void addSlot(int slot, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count " + count + " of slot " + slot);
        }
        slots[slot] += count;
    }

    public void merge(LinearHistogram other) {
        if (low != other.low || high != other.high || width != other.width) {
            throw new IllegalArgumentException("linear histograms of different scales do not merge");
        }
        for (int i = 0; i < slots.length; i++) {
            slots[i] += other.slots[i];
        }
    }

    public LinearHistogram copy() {
        var copy = new LinearHistogram(low, high, width);
        copy.merge(this);
        return copy;
    }

    public void clear() {
        Arrays.fill(slots, 0);
    }

    public long count() {
        return Arrays.stream(slots).sum();
    }

    public long low() {
        return low;
    }

    public long high() {
        return high;
    }

    public long width() {
        return width;
    }

    public int size() {
        return slots.length;
    }

    public long countAt(int slot) {
        return slots[slot];
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof LinearHistogram other
                && low == other.low
                && high == other.high
                && width == other.width
                && Arrays.equals(slots, other.slots);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(slots);
    }
}
