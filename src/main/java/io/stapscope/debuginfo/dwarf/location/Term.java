package io.stapscope.debuginfo.dwarf.location;

/** How to compute 64 bits from the state of a thread. The factories fold what is known already. */
public sealed interface Term {
    record Constant(long value) implements Term {}

    /** @param number of DWARF */
    record Register(int number) implements Term {}

    /** An address of the program's file, to be moved to where the program lies in memory. */
    record Relocated(long address) implements Term {}

    /** A number in memory, extended by zeros. @param size 1, 2, 4 or 8 bytes */
    record Dereference(Term address, int size) implements Term {}

    /** @param offset in the thread's own memory of this program */
    record ThreadLocal(long offset) implements Term {}

    record Unary(Operator operator, Term operand) implements Term {}

    record Binary(Operator operator, Term left, Term right) implements Term {}

    /** Comparisons and divisions are signed. */
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

    /** {@code term + offset} in its shortest form. */
    static Term plus(Term term, long offset) {
        if (offset == 0) {
            return term;
        }
        return switch (term) {
            case Constant(var value) -> new Constant(value + offset);
            case Relocated(var address) -> new Relocated(address + offset);
            case Binary(var operator, var left, Constant(var known))
            when operator == Operator.ADD -> plus(left, known + offset);
            case Register _, Dereference _, ThreadLocal _, Unary _, Binary _ ->
                new Binary(Operator.ADD, term, new Constant(offset));
        };
    }

    static Term unary(Operator operator, Term operand) {
        if (operand instanceof Constant(var value)) {
            return new Constant(Folding.of(operator, value));
        }
        return new Unary(operator, operand);
    }

    /** A division of constants by zero stays as it is: the program that computes it gives the answer of the machine. */
    static Term binary(Operator operator, Term left, Term right) {
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
