package io.stapscope.compiler.analysis;

import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.probe.ContextVariables;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers {@code @defined(...)} at a probe point, so that the arm that is not taken is never looked at. */
public final class Definedness {
    private Definedness() {}

    public static boolean isDefined(ExpressionNode operand, @Nullable Event event) {
        return !(operand instanceof ExpressionNode.TargetVariable target) || ContextVariables.has(event, target.name());
    }

    /** The outcome of a condition that asks only what is defined; null for any other. */
    public static @Nullable Boolean decide(ExpressionNode condition, @Nullable Event event) {
        return switch (condition) {
            case ExpressionNode.Defined e -> (Boolean) isDefined(e.operand(), event);
            case ExpressionNode.Unary(var unused, var operator, var operand)
            when operator == UnaryOperator.NOT -> {
                var inner = decide(operand, event);
                yield inner == null ? null : (Boolean) !inner;
            }
            case ExpressionNode _ -> null;
        };
    }
}
