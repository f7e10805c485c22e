package io.stapscope.compiler.probe;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.ctype.CType;
import org.jspecify.annotations.Nullable;

/**
 * A variable that a probe point offers.
 *
 * @param name with its dollar signs, if it has any
 * @param type LONG or STRING
 * @param documentation one sentence for people
 * @param ctype what a number stands for, null when there is nothing to know
 * @param space whose memory an address among its values is of
 * @param place gives the address of the memory that holds it; null when it is in none
 */
public record ContextVariable(
        String name,
        Type type,
        String documentation,
        @Nullable CType ctype,
        Reading reading,
        Space space,
        @Nullable Reading place) {
    public ContextVariable(String name, Type type, String documentation, @Nullable CType ctype, Reading reading) {
        this(name, type, documentation, ctype, reading, Space.KERNEL, null);
    }

    public ContextVariable(String name, Type type, String documentation, Reading reading) {
        this(name, type, documentation, null, reading);
    }

    /** The IR of the variable. */
    @FunctionalInterface
    public interface Reading {
        Expression at(Span span);
    }

    public Expression read(Span span) {
        return reading.at(span);
    }
}
