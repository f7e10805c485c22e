package io.stapscope.debuginfo.value;

import io.stapscope.debuginfo.value.Value.Operator;

/** Arithmetic of constants as DWARF has it: 64 bits that wrap, shifts of 64 and more shift everything out. */
final class Folding {
    private Folding() {}

    static boolean divides(Operator operator) {
        return operator == Operator.DIVIDE || operator == Operator.MODULO;
    }

    static long of(Operator operator, long operand) {
        if (operator == Operator.NEGATE) {
            return -operand;
        }
        return operator == Operator.COMPLEMENT ? ~operand : Math.abs(operand);
    }

    static long of(Operator operator, long left, long right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case MODULO -> left % right;
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> isWide(right) ? 0 : left << right;
            case SHIFT_RIGHT -> left >> (isWide(right) ? 63 : right);
            case SHIFT_RIGHT_UNSIGNED -> isWide(right) ? 0 : left >>> right;
            case EQUAL -> left == right ? 1 : 0;
            case NOT_EQUAL -> left != right ? 1 : 0;
            case LESS -> left < right ? 1 : 0;
            case LESS_OR_EQUAL -> left <= right ? 1 : 0;
            case GREATER -> left > right ? 1 : 0;
            case GREATER_OR_EQUAL -> left >= right ? 1 : 0;
            case NEGATE, COMPLEMENT, ABSOLUTE -> of(operator, left);
        };
    }

    private static boolean isWide(long shift) {
        return Long.compareUnsigned(shift, 63) > 0;
    }
}
