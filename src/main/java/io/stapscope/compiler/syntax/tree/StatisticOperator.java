package io.stapscope.compiler.syntax.tree;

/** What can be asked of a statistic as a number. */
public enum StatisticOperator {
    COUNT("@count"),
    SUM("@sum"),
    MIN("@min"),
    MAX("@max"),
    AVERAGE("@avg"),
    VARIANCE("@variance");

    private final String symbol;

    StatisticOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }
}
