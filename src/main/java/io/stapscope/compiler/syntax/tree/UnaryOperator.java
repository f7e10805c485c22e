package io.stapscope.compiler.syntax.tree;

/** The signs before one operand. */
public enum UnaryOperator {
    PLUS("+"),
    MINUS("-"),
    NOT("!"),
    COMPLEMENT("~");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }
}
