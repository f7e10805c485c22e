package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global.Unit;
import io.stapscope.compiler.ir.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what numbers measure: times and their differences keep the unit of the clock they come from. */
final class Units extends DataFlow<Unit> {
    /** From fine to coarse, each a thousand of the one before. */
    private static final List<Unit> TIMES =
            List.of(Unit.NANOSECONDS, Unit.MICROSECONDS, Unit.MILLISECONDS, Unit.SECONDS);

    Units(Plan plan) {
        super(plan);
        run();
    }

    @Override
    boolean countsLookups() {
        return false;
    }

    @Override
    Unit merge(Unit one, Unit other) {
        return one == other ? one : Unit.NONE;
    }

    @Override
    @Nullable
    Unit of(Expression expression) {
        return switch (expression) {
            // A literal takes the unit of what it is added to or stored with.
            case Expression.LongLiteral _ -> null;
            case Expression.Context e -> e.value() == ContextValue.TIME_NANOS ? Unit.NANOSECONDS : Unit.NONE;
            case Expression.ReadLocal e -> local(e.local());
            case Expression.ReadGlobal e -> global(e.global());
            case Expression.Entry e -> entry(e.slot());
            case Expression.Conditional e -> either(of(e.then()), of(e.otherwise()));
            case Expression.Unary e -> e.operator() == Expression.UnaryOperator.NEGATE ? of(e.operand()) : Unit.NONE;
            case Expression.Extract e -> e.extractor() == Expression.Extractor.COUNT ? Unit.NONE : global(e.global());
            case Expression.Binary e ->
                switch (e.operator()) {
                    case ADD, SUBTRACT -> either(of(e.left()), of(e.right()));
                    case DIVIDE -> scaled(of(e.left()), e.right(), 1);
                    case MULTIPLY -> scaled(of(e.left()), e.right(), -1);
                    case MODULO, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> Unit.NONE;
                };
            case Expression _ -> Unit.NONE;
        };
    }

    /** A time divided by 1000 is measured in the next coarser unit, and so on. */
    private static @Nullable Unit scaled(@Nullable Unit unit, Expression factor, int direction) {
        if (unit == null || !(factor instanceof Expression.LongLiteral(var unused, var by))) {
            return unit == null ? null : Unit.NONE;
        }
        int steps = by == 1_000 ? 1 : by == 1_000_000 ? 2 : by == 1_000_000_000 ? 3 : 0;
        int at = TIMES.indexOf(unit) + direction * steps;
        return steps == 0 || !TIMES.contains(unit) || at < 0 || at >= TIMES.size() ? Unit.NONE : TIMES.get(at);
    }
}
