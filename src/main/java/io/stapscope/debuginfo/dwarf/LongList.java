package io.stapscope.debuginfo.dwarf;

import java.util.Arrays;

/** Numbers one behind the other, as many as come. */
final class LongList {
    private long[] values = new long[256];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    long get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    /** Forgets what came behind the first so many. */
    void truncate(int length) {
        size = Math.min(size, length);
    }
}
