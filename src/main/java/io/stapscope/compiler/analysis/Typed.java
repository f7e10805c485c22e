package io.stapscope.compiler.analysis;

import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.host.ctype.CType;

/** The C type that a number stands for, and the memory that it is of: what {@code ->} needs beside the address. */
public record Typed(CType type, Space space) {
    boolean sameAs(Typed other) {
        return space == other.space && CType.same(type, other.type);
    }

    Typed pointer() {
        return new Typed(CType.pointerTo(type), space);
    }

    /** What a value read from memory stands for: an array is the address of its first element. */
    Typed decayed() {
        return type instanceof CType.Array array ? new Typed(CType.pointerTo(array.element()), space) : this;
    }
}
