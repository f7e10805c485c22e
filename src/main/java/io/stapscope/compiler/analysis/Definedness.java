package io.stapscope.compiler.analysis;

import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.syntax.tree.BinaryOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.UnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers {@code @defined(...)} at a probe point, so that the arm that is not taken is never looked at. */
final class Definedness {
    private Definedness() {}

    /** The outcome of a condition that asks only what is defined, before types are known; null for any other. */
    static @Nullable Boolean decide(ExpressionNode condition, PointContext context) {
        return decide(condition, operand -> isDefined(operand, context));
    }

    /** Members and types are looked up later: null until then, unless what they are of is not there at all. */
    private static @Nullable Boolean isDefined(ExpressionNode operand, PointContext context) {
        return switch (operand) {
            case ExpressionNode.TargetVariable e -> (Boolean) (context.variable(e.name()) != null);
            case ExpressionNode.Access e -> Boolean.FALSE.equals(isDefined(e.base(), context)) ? (Boolean) false : null;
            case ExpressionNode.AddressOf e ->
                Boolean.FALSE.equals(isDefined(e.operand(), context)) ? (Boolean) false : null;
            case ExpressionNode.Entry e ->
                context.entry() instanceof PointContext before ? isDefined(e.operand(), before) : null;
            case ExpressionNode.Cast _, ExpressionNode.AtOperation _, ExpressionNode.GlobalVariable _ -> null;
            case ExpressionNode _ -> (Boolean) true;
        };
    }

    /**
     * The outcome of a condition that asks only what is defined; null for any other.
     *
     * @param isDefined answers for one operand, null when that cannot be said yet
     */
    static @Nullable Boolean decide(ExpressionNode condition, Function<ExpressionNode, @Nullable Boolean> isDefined) {
        return switch (condition) {
            case ExpressionNode.Defined e -> isDefined.apply(e.operand());
            case ExpressionNode.Unary(var _, var operator, var operand)
            when operator == UnaryOperator.NOT -> {
                var inner = decide(operand, isDefined);
                yield inner == null ? null : (Boolean) !inner;
            }
            case ExpressionNode.Binary(var _, var operator, var left, var right)
            when operator == BinaryOperator.LOGICAL_AND || operator == BinaryOperator.LOGICAL_OR -> {
                var first = decide(left, isDefined);
                var second = decide(right, isDefined);
                // One operand may settle it: false of &&, true of ||.
                var settling = (Boolean) (operator == BinaryOperator.LOGICAL_OR);
                if (settling.equals(first)) {
                    yield first;
                }
                yield first == null || second == null ? null : second;
            }
            case ExpressionNode _ -> null;
        };
    }
}
