package io.stapscope.compiler.syntax.tree;

/** What an assignment does with the old value. */
public enum AssignOperator {
    SET("="),
    FEED("<<<"),
    ADD("+="),
    SUBTRACT("-="),
    MULTIPLY("*="),
    DIVIDE("/="),
    MODULO("%="),
    SHIFT_LEFT("<<="),
    SHIFT_RIGHT(">>="),
    AND("&="),
    XOR("^="),
    OR("|="),
    CONCATENATE(".=");

    private final String symbol;

    AssignOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }
}
