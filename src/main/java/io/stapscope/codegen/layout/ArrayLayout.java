package io.stapscope.codegen.layout;

import io.stapscope.compiler.ir.Global;

/**
 * An element of an array in its hash map: the value (s64, or a NUL-terminated string padded to words), then a u64 that
 * grows with every insertion.
 *
 * @param room bytes of the value
 */
public record ArrayLayout(int global, KeyLayout key, int room, int capacity) {
    public static final int VALUE = 0;

    public static ArrayLayout of(Global global) {
        return new ArrayLayout(
                global.id(), KeyLayout.of(global), Align.toWords(global.valueWidth()), global.capacity());
    }

    /** Insertion order: u64. */
    public int sequence() {
        return room;
    }

    public int size() {
        return room + 8;
    }
}
