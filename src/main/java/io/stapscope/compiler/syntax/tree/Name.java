package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.source.Span;

/** A word the user chose, and where it stands. */
public record Name(Span span, String text) {
    @Override
    public String toString() {
        return text;
    }
}
