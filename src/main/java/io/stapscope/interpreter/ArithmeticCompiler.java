package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression.Binary;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.SoftErrorText;

/** Operators on two numbers. The probe language's arithmetic is Java's, but for division by zero. */
final class ArithmeticCompiler {
    private ArithmeticCompiler() {}

    static Code.Number number(Binary binary, Code.Number left, Code.Number right) {
        return switch (binary.operator()) {
            case ADD -> frame -> left.value(frame) + right.value(frame);
            case SUBTRACT -> frame -> left.value(frame) - right.value(frame);
            case MULTIPLY -> frame -> left.value(frame) * right.value(frame);
            case DIVIDE -> frame -> left.value(frame) / divisor(binary, right.value(frame));
            case MODULO -> frame -> left.value(frame) % divisor(binary, right.value(frame));
            case AND -> frame -> left.value(frame) & right.value(frame);
            case OR -> frame -> left.value(frame) | right.value(frame);
            case XOR -> frame -> left.value(frame) ^ right.value(frame);
            case SHIFT_LEFT -> frame -> left.value(frame) << right.value(frame);
            case SHIFT_RIGHT -> frame -> left.value(frame) >> right.value(frame);
            case SHIFT_RIGHT_UNSIGNED -> frame -> left.value(frame) >>> right.value(frame);
        };
    }

    private static long divisor(Binary binary, long value) {
        if (value == 0) {
            throw new SoftError(SoftErrorText.divisionByZero(binary), binary.span());
        }
        return value;
    }

    static Code.Number relation(Relation relation, Code.Number left, Code.Number right) {
        return switch (relation) {
            case EQUAL -> frame -> left.value(frame) == right.value(frame) ? 1 : 0;
            case NOT_EQUAL -> frame -> left.value(frame) != right.value(frame) ? 1 : 0;
            case LESS -> frame -> left.value(frame) < right.value(frame) ? 1 : 0;
            case LESS_OR_EQUAL -> frame -> left.value(frame) <= right.value(frame) ? 1 : 0;
            case GREATER -> frame -> left.value(frame) > right.value(frame) ? 1 : 0;
            case GREATER_OR_EQUAL -> frame -> left.value(frame) >= right.value(frame) ? 1 : 0;
        };
    }
}
