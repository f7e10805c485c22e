package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.type.Type;
import java.util.List;

/** The wall clock. */
final class TimeFunctions {
    private TimeFunctions() {}

    static List<Builtin> all() {
        return List.of(
                clock("gettimeofday_s", 1_000_000_000, "Seconds since 1970."),
                clock("gettimeofday_ms", 1_000_000, "Milliseconds since 1970."),
                clock("gettimeofday_us", 1_000, "Microseconds since 1970."),
                clock("gettimeofday_ns", 1, "Nanoseconds since 1970."));
    }

    private static Builtin clock(String name, long nanos, String documentation) {
        return Builtin.Value.of(name, List.of(), Type.LONG, documentation, (span, _) -> {
            var now = new Expression.Context(span, ContextValue.TIME_NANOS);
            return nanos == 1
                    ? now
                    : new Expression.Binary(
                            span, Expression.BinaryOperator.DIVIDE, now, new Expression.LongLiteral(span, nanos));
        });
    }
}
