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
        for (var function : LibraryFunction.values()) {
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
