package io.stapscope.compiler.syntax.tree;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The print functions: those that write to the console, and those with {@code s} in front that give a string. */
public enum PrintFunction {
    PRINT,
    PRINTLN,
    PRINTD,
    PRINTDLN,
    PRINTF,
    SPRINT,
    SPRINTLN,
    SPRINTD,
    SPRINTDLN,
    SPRINTF;

    /** The print function of this name, null when there is none. */
    public static @Nullable PrintFunction named(String name) {
        for (PrintFunction function : values()) {
            if (function.symbol().equals(name)) {
                return function;
            }
        }
        return null;
    }

    /** As it is written. */
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it gives a string in place of writing. */
    public boolean isString() {
        return name().startsWith("S");
    }

    /** Whether its first argument is a format. */
    public boolean hasFormat() {
        return this == PRINTF || this == SPRINTF;
    }

    /** Whether its first argument is a delimiter. */
    public boolean hasDelimiter() {
        return switch (this) {
            case PRINTD, PRINTDLN, SPRINTD, SPRINTDLN -> true;
            case PRINT, PRINTLN, PRINTF, SPRINT, SPRINTLN, SPRINTF -> false;
        };
    }

    /** Whether a line end follows the values. */
    public boolean endsLine() {
        return switch (this) {
            case PRINTLN, PRINTDLN, SPRINTLN, SPRINTDLN -> true;
            case PRINT, PRINTD, PRINTF, SPRINT, SPRINTD, SPRINTF -> false;
        };
    }
}
