package io.stapscope.interpreter.format;

import java.util.List;

/** Arguments as objects: each a Long or a String. */
record ListedArguments(List<?> values) implements Arguments {
    @Override
    public long number(int index) {
        return (Long) values.get(index);
    }

    @Override
    public int textLength(int index) {
        return text(index).length();
    }

    @Override
    public void appendText(int index, int length, ByteSink out) {
        out.append(text(index), length);
    }

    private String text(int index) {
        return (String) values.get(index);
    }
}
