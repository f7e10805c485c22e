package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.source.Span;

/** {@code :long} or {@code :string} after a function or a parameter. */
public record TypeName(Span span, Kind kind) {
    public enum Kind {
        LONG,
        STRING
    }
}
