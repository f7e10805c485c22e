package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.ActionFunction;
import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds how long each string can become, so that short ones take little room in keys and on the stack. */
final class Widths extends DataFlow<Integer> {
    private final int most;

    private Widths(Plan plan) {
        super(plan);
        this.most = plan.limits().maxStringLength();
    }

    static Plan run(Plan plan) {
        var widths = new Widths(plan);
        widths.run();
        return widths.new Rewriter().run(plan);
    }

    @Override
    boolean countsLookups() {
        // A key that is looked up must not be cut to the width of those that are there: it would match a wrong one.
        return true;
    }

    @Override
    Integer merge(Integer one, Integer other) {
        return Math.max(one, other);
    }

    @Override
    @Nullable
    Integer of(Expression expression) {
        if (expression.type() != Type.STRING) {
            return null;
        }
        var width = grown(expression);
        return width == null ? null : (Integer) Math.min(width, most);
    }

    @Override
    @Nullable
    Integer acted(ActionFunction function) {
        return function.result() == Type.STRING ? (Integer) most : null;
    }

    @Override
    Integer errorText() {
        return most;
    }

    private @Nullable Integer grown(Expression expression) {
        return switch (expression) {
            case Expression.StringLiteral e -> (Integer) (e.value().length() + 1);
            case Expression.ReadLocal e -> local(e.local());
            case Expression.ReadGlobal e -> either(global(e.global()), initial(e.global()));
            case Expression.Context e -> (Integer) e.value().width();
            case Expression.Entry e -> entry(e.slot());
            case Expression.Conditional e -> either(of(e.then()), of(e.otherwise()));
            case Expression.Concatenate e -> joined(of(e.left()), of(e.right()));
            case Expression.Formatted e -> (Integer) e.width(most, each -> Objects.requireNonNullElse(of(each), 1));
            case Expression.Builtin e -> e.function() == BuiltinFunction.SUBSTR ? substring(e) : (Integer) most;
            case Expression.TableText e -> (Integer) e.table().width();
            case Expression.LoadString e -> (Integer) e.width(most);
            case Expression e -> (Integer) most;
        };
    }

    private static @Nullable Integer initial(Global global) {
        return global.initial() instanceof String text ? (Integer) (text.length() + 1) : null;
    }

    private static @Nullable Integer joined(@Nullable Integer left, @Nullable Integer right) {
        return (left == null ? 1 : left) + (right == null ? 1 : right) - 1;
    }

    private @Nullable Integer substring(Expression.Builtin e) {
        var whole = of(e.arguments().getFirst());
        return whole != null
                        && e.arguments().get(2) instanceof Expression.LongLiteral(var unused, var length)
                        && length < whole
                ? (Integer) (int) (Math.max(0, length) + 1)
                : whole;
    }

    private static int width(Type type, @Nullable Integer found) {
        return switch (type) {
            case LONG -> Long.BYTES;
            case STRING -> found == null ? 1 : found;
            case STATISTIC, NONE -> 0;
        };
    }

    private final class Rewriter extends PlanRewriter {
        @Override
        Global global(Global g) {
            var keyWidths = new ArrayList<Integer>();
            for (int i = 0; i < g.keys().size(); i++) {
                keyWidths.add(width(g.keys().get(i), key(g, i)));
            }
            var value = width(g.value(), either(Widths.this.global(g), initial(g)));
            return Globals.withWidths(g, keyWidths, value);
        }

        @Override
        int resultWidth(Function function) {
            return width(function.result(), result(function));
        }

        @Override
        OwnerRewriter rewriter(Owner owner) {
            return new OwnerRewriter() {
                @Override
                protected Global global(Global global) {
                    return Rewriter.this.global(global);
                }

                @Override
                protected Local local(Local local) {
                    int width = width(local.type(), Widths.this.local(owner, local));
                    return new Local(local.index(), local.name(), local.type(), width);
                }
            };
        }
    }
}
