package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.ActionFunction;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.LibraryFunction;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Functions that only user space has, by what they say in {@link LibraryFunction} and {@link ActionFunction}. */
final class LibraryFunctions {
    private LibraryFunctions() {}

    static List<Builtin> all() {
        var all = new ArrayList<Builtin>();
        all.addAll(results());
        for (var function : LibraryFunction.values()) {
            if (function == LibraryFunction.PPFUNC || !function.isPublic()) {
                continue; // Scripts reach them by other functions.
            }
            all.add(Builtin.Value.of(
                    function.word(),
                    function.parameters(),
                    function.result(),
                    function.documentation(),
                    (span, arguments) -> new Expression.Library(span, function, arguments)));
        }
        for (var function : ActionFunction.values()) {
            if (function == ActionFunction.RAISE) {
                all.add(raise());
                continue;
            }
            all.add(
                    function.result() == Type.NONE
                            ? new Builtin.Action(
                                    function.word(),
                                    function.parameters(),
                                    function.documentation(),
                                    (span, arguments) -> new Statement.Act(span, function, arguments, null))
                            : new Builtin.Stateful(function));
        }
        return all;
    }

    /** Of the result that a return probe sees. */
    private static List<Builtin> results() {
        return List.of(
                new Builtin.OfVariable(
                        "returnval",
                        List.of(),
                        Type.LONG,
                        "$return",
                        "The result of the call that returns.",
                        (_, arguments) -> arguments.getLast()),
                new Builtin.OfVariable(
                        "returnstr",
                        List.of(Type.LONG),
                        Type.STRING,
                        "$return",
                        "The result with its error: decimal for 1, hexadecimal for 2, octal for 3.",
                        (span, arguments) -> new Expression.Library(span, LibraryFunction.RETURN_STR, arguments)));
    }

    /** Takes along whom the hit met and when, so that a later process with the same id is safe. */
    private static Builtin raise() {
        return new Builtin.Action(
                ActionFunction.RAISE.word(),
                List.of(Type.LONG),
                ActionFunction.RAISE.documentation(),
                (span, arguments) -> new Statement.Act(
                        span,
                        ActionFunction.RAISE,
                        List.of(
                                arguments.getFirst(),
                                new Expression.Context(span, ContextValue.PID),
                                new Expression.Context(span, ContextValue.TIME_NANOS)),
                        null));
    }
}
