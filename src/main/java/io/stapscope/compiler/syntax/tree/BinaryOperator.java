package io.stapscope.compiler.syntax.tree;

/** The operators between two operands, with their level: a higher one binds tighter. All are left associative. */
public enum BinaryOperator {
    LOGICAL_OR("||", 3),
    LOGICAL_AND("&&", 4),
    OR("|", 5),
    XOR("^", 6),
    AND("&", 7),
    LESS("<", 9),
    GREATER(">", 9),
    LESS_OR_EQUAL("<=", 9),
    GREATER_OR_EQUAL(">=", 9),
    EQUAL("==", 9),
    NOT_EQUAL("!=", 9),
    SHIFT_LEFT("<<", 10),
    SHIFT_RIGHT(">>", 10),
    SHIFT_RIGHT_UNSIGNED(">>>", 10),
    CONCATENATE(".", 11),
    ADD("+", 12),
    SUBTRACT("-", 12),
    MULTIPLY("*", 13),
    DIVIDE("/", 13),
    MODULO("%", 13);

    private final String symbol;
    private final int level;

    BinaryOperator(String symbol, int level) {
        this.symbol = symbol;
        this.level = level;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    /** The level of SystemTap's precedence table; 8 is {@code in}. */
    public int level() {
        return level;
    }
}
