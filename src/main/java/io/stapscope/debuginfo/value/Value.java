package io.stapscope.debuginfo.value;

/** How to compute 64 bits from the state of a thread; frames are worked out already. The factories fold what is known already. */
public sealed interface Value {
    record Constant(long value) implements Value {}

    /** @param number of the register as DWARF numbers those of the machine */
    record Register(int number) implements Value {}

    /** An address of the program's file, to be moved to where the program lies in memory. */
    record Relocated(long address) implements Value {}

    /** A number in the memory of the process, extended by zeros. @param size 1, 2, 4 or 8 bytes */
    record Dereference(Value address, int size) implements Value {}

    /** @param offset in the thread's own memory of this program (TLS) */
    record ThreadLocal(long offset) implements Value {}

    record Unary(Operator operator, Value operand) implements Value {}

    record Binary(Operator operator, Value left, Value right) implements Value {}

    /** Wraps at 64 bits; comparisons and divisions are signed; comparisons give 1 or 0. */
    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MODULO,
        AND,
        OR,
        XOR,
        SHIFT_LEFT,
        SHIFT_RIGHT,
        SHIFT_RIGHT_UNSIGNED,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        NEGATE,
        COMPLEMENT,
        ABSOLUTE
    }

    /** {@code value + offset} in its shortest form. */
    static Value plus(Value value, long offset) {
        if (offset == 0) {
            return value;
        }
        return switch (value) {
            case Constant(var number) -> new Constant(number + offset);
            case Relocated(var address) -> new Relocated(address + offset);
            case Binary(var operator, var left, Constant(var known))
            when operator == Operator.ADD -> plus(left, known + offset);
            case Register _, Dereference _, ThreadLocal _, Unary _, Binary _ ->
                new Binary(Operator.ADD, value, new Constant(offset));
        };
    }

    static Value unary(Operator operator, Value operand) {
        if (operand instanceof Constant(var value)) {
            return new Constant(Folding.of(operator, value));
        }
        return new Unary(operator, operand);
    }

    /** A division of constants by zero stays as it is: the program that computes it gives the answer of the machine. */
    static Value binary(Operator operator, Value left, Value right) {
        if (right instanceof Constant(var second)) {
            if (operator == Operator.ADD) {
                return plus(left, second);
            }
            if (operator == Operator.SUBTRACT) {
                return plus(left, -second);
            }
            if (left instanceof Constant(var first) && !(second == 0 && Folding.divides(operator))) {
                return new Constant(Folding.of(operator, first, second));
            }
        } else if (operator == Operator.ADD && left instanceof Constant(var first)) {
            return plus(right, first);
        }
        return new Binary(operator, left, right);
    }
}
