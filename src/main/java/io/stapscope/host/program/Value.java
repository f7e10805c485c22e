package io.stapscope.host.program;

/** How to compute 64 bits from the state of a thread. Canonical frame addresses are worked out already. */
public sealed interface Value {
    record Constant(long value) implements Value {}

    /** @param number of the register as DWARF numbers those of the machine */
    record Register(int number) implements Value {}

    /** An address of the program's file, moved to where the program lies in memory. */
    record Relocated(long address) implements Value {}

    /** A number in the memory of the process, extended by zeros. @param size 1, 2, 4 or 8 bytes */
    record Dereference(Value address, int size) implements Value {}

    /** @param offset in the thread's own memory of this program (TLS) */
    record ThreadLocal(long offset) implements Value {}

    record Unary(Operator operator, Value operand) implements Value {}

    record Binary(Operator operator, Value left, Value right) implements Value {}

    /** Wraps at 64 bits; comparisons and divisions are signed and give 1 or 0. */
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
}
