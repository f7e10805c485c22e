package io.stapscope.debuginfo.dwarf;

import java.nio.ByteBuffer;

/** Where the value of a variable is, as its entry says. */
public sealed interface LocationAttribute {
    /** Nothing is said: the compiler has optimised it out. */
    LocationAttribute NONE = new None();

    /** The entry says nothing. */
    record None() implements LocationAttribute {}

    /** @param bytes of a location expression that holds everywhere */
    record Expression(ByteBuffer bytes) implements LocationAttribute {}

    /**
     * It differs from address to address.
     *
     * @param offset of a location list in {@code .debug_loc}, or {@code .debug_loclists} from version 5 on
     */
    record ListAt(long offset) implements LocationAttribute {}

    /** It is nowhere and always the same. */
    record Constant(long value) implements LocationAttribute {}

    /** As {@link Constant}, of any size, as it would lie in memory. */
    record Bytes(ByteBuffer bytes) implements LocationAttribute {}
}
