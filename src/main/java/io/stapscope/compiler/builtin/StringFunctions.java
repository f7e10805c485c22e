package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.Expression;
import java.util.List;

/** Parts and lengths of strings, in bytes. */
final class StringFunctions {
    private StringFunctions() {}

    static List<Builtin> all() {
        return List.of(
                plain(BuiltinFunction.STRLEN, "Length of a string in bytes."),
                plain(BuiltinFunction.SUBSTR, "The part of a string from a start (0 for the first byte) of a length."));
    }

    private static Builtin plain(BuiltinFunction function, String documentation) {
        return Builtin.Value.of(
                function.word(),
                function.parameters(),
                function.result(),
                documentation,
                (span, arguments) -> new Expression.Builtin(span, function, arguments));
    }
}
