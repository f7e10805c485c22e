package io.stapscope.compiler.analysis;

import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.syntax.tree.BinaryOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers {@code @defined(...)} at a probe point, so that the arm that is not taken is never looked at. */
public final class Definedness {
    private Definedness() {}

    public static boolean isDefined(ExpressionNode operand, PointContext context) {
        return !(operand instanceof ExpressionNode.TargetVariable target) || context.variable(target.name()) != null;
    }

    /** The outcome of a condition that asks only what is defined; null for any other. */
    public static @Nullable Boolean decide(ExpressionNode condition, PointContext context) {
        return switch (condition) {
            case ExpressionNode.Defined e -> (Boolean) isDefined(e.operand(), context);
            case ExpressionNode.Unary(var unused, var operator, var operand)
            when operator == UnaryOperator.NOT -> {
                var inner = decide(operand, context);
                yield inner == null ? null : (Boolean) !inner;
            }
            case ExpressionNode.Binary(var unused, var operator, var left, var right)
            when operator == BinaryOperator.LOGICAL_AND || operator == BinaryOperator.LOGICAL_OR -> {
                var first = decide(left, context);
                var second = decide(right, context);
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
