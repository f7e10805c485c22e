package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.Expression;
import java.util.List;

/** Memory of the probed process. */
final class MemoryFunctions {
    private MemoryFunctions() {}

    static List<Builtin> all() {
        return List.of(
                reading(BuiltinFunction.USER_STRING, "The string at a user address; an unreadable one is an error."),
                reading(
                        BuiltinFunction.USER_STRING_OR,
                        "The string at a user address, or the text given if unreadable."));
    }

    private static Builtin reading(BuiltinFunction function, String documentation) {
        return new Builtin.Value(
                function.word(),
                function.parameters(),
                function.result(),
                true,
                documentation,
                (span, arguments) -> new Expression.Builtin(span, function, arguments));
    }
}
