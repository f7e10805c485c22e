package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.source.Span;

/** One part of a key where elements are matched: in {@code delete}, {@code in} and the slice of a {@code foreach}. */
public sealed interface KeyNode {
    Span span();

    record Exact(ExpressionNode value) implements KeyNode {
        @Override
        public Span span() {
            return value.span();
        }
    }

    /** {@code *}. */
    record Any(Span span) implements KeyNode {}
}
