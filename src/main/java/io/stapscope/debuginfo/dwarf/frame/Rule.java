package io.stapscope.debuginfo.dwarf.frame;

import java.nio.ByteBuffer;

/** Where the caller's value of a register is. A register without a rule keeps its value. */
sealed interface Rule {
    /** It is lost. */
    record Undefined() implements Rule {}

    /** In memory, so far from the canonical frame address. */
    record SavedAt(long offset) implements Rule {}

    /** It is the canonical frame address and an offset. */
    record IsAddress(long offset) implements Rule {}

    record InRegister(int number) implements Rule {}

    /** In memory, at what an expression computes. */
    record SavedAtExpression(ByteBuffer expression) implements Rule {}

    record IsExpression(ByteBuffer expression) implements Rule {}
}
