package io.stapscope.compiler.ir;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;

/**
 * A function of the script.
 *
 * @param locals all of them; the first ones are the parameters
 * @param result LONG, STRING or NONE
 * @param resultWidth 8 for a number; for a string the longest it can be with its NUL
 */
public record Function(
        int id,
        String name,
        Span span,
        int parameters,
        List<Local> locals,
        Type result,
        int resultWidth,
        Statement.Block body) {
    public Function {
        locals = List.copyOf(locals);
    }
}
