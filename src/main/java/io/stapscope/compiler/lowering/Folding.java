package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Expression.LongLiteral;
import io.stapscope.compiler.ir.Expression.StringLiteral;
import io.stapscope.compiler.ir.Expression.UnaryOperator;
import io.stapscope.compiler.source.Span;

/** Computes operations on literals at once. What would fail when run is left to fail when run. */
final class Folding {
    private Folding() {}

    static Expression unary(Span span, UnaryOperator operator, Expression operand) {
        if (!(operand instanceof LongLiteral(var unused, var value))) {
            return new Expression.Unary(span, operator, operand);
        }
        return new LongLiteral(
                span,
                switch (operator) {
                    case NEGATE -> -value;
                    case NOT -> value == 0 ? 1 : 0;
                    case COMPLEMENT -> ~value;
                });
    }

    static Expression binary(Span span, BinaryOperator operator, Expression left, Expression right) {
        boolean divides = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.MODULO;
        if (!(left instanceof LongLiteral(var leftSpan, var a) && right instanceof LongLiteral(var rightSpan, var b))
                || divides && b == 0) {
            return new Expression.Binary(span, operator, left, right);
        }
        return new LongLiteral(
                span,
                switch (operator) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case MODULO -> a % b;
                    case AND -> a & b;
                    case OR -> a | b;
                    case XOR -> a ^ b;
                    case SHIFT_LEFT -> a << b;
                    case SHIFT_RIGHT -> a >> b;
                    case SHIFT_RIGHT_UNSIGNED -> a >>> b;
                });
    }

    static Expression concatenate(Span span, Expression left, Expression right) {
        return left instanceof StringLiteral(var leftSpan, var a)
                        && right instanceof StringLiteral(var rightSpan, var b)
                ? new StringLiteral(span, a + b)
                : new Expression.Concatenate(span, left, right);
    }
}
