package io.stapscope.interpreter.format;

import java.util.List;

/**
 * Where a format takes its values from, by position in the list of arguments. Implementations over a record of the ring
 * buffer need not create strings.
 */
public interface Arguments {
    long number(int index);

    /** Bytes of a string argument. */
    int textLength(int index);

    /** Appends the first {@code length} bytes of a string argument. */
    void appendText(int index, int length, ByteSink out);

    /** Arguments at hand: each a Long or a String. */
    static Arguments of(Object... values) {
        return new ListedArguments(List.of(values));
    }

    /** Arguments at hand: each a Long or a String. */
    static Arguments of(List<?> values) {
        return new ListedArguments(List.copyOf(values));
    }
}
