package io.stapscope.compiler.analysis;

import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.ctype.CType;
import java.util.List;

/**
 * The way from a number to a place in memory.
 *
 * @param base the address to start from, or the variable
 * @param inPlace whether the way starts from where the variable lies, not from its value
 * @param steps how to go on from there
 * @param place whether the end is a place in memory; else it is the base itself
 * @param bitOffset of a bit field in its unit
 * @param bitSize bits of a bit field, 0 for whole bytes
 */
public record MemoryPath(
        ExpressionNode base,
        boolean inPlace,
        List<Step> steps,
        boolean place,
        CType type,
        Space space,
        int bitOffset,
        int bitSize) {
    public MemoryPath {
        steps = List.copyOf(steps);
    }

    /** One step of the way. */
    public sealed interface Step {
        /** Goes to the address that is kept here. */
        record Follow() implements Step {}

        record Offset(long bytes) implements Step {}

        /** Goes on by {@code index * size} bytes. */
        record Scaled(ExpressionNode index, long size) implements Step {}
    }

    public boolean isBitField() {
        return bitSize > 0;
    }

    /** What the value at its end stands for. */
    Typed value() {
        return new Typed(type, space).decayed();
    }
}
