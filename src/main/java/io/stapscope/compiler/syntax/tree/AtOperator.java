package io.stapscope.compiler.syntax.tree;

import java.util.Locale;

/** The rarer operators that begin with an at sign, with how many arguments they take. */
public enum AtOperator {
    CONST(1, 1),
    ENUM(1, 1),
    ENUMNAME(1, 3),
    ERRNO(1, 1),
    PERF(1, 1),
    PROBEWRITE(1, 1),
    KREGISTER(1, 1),
    UREGISTER(1, 1),
    KDEREF(2, 2),
    UDEREF(2, 2);

    private final String symbol = "@" + name().toLowerCase(Locale.ROOT);
    private final int least;
    private final int most;

    AtOperator(int least, int most) {
        this.least = least;
        this.most = most;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    public int leastArguments() {
        return least;
    }

    public int mostArguments() {
        return most;
    }
}
