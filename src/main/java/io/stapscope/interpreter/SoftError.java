package io.stapscope.interpreter;

import io.stapscope.compiler.source.Span;

/** Unwinds a handler up to {@link Interpreter#run}, which makes an {@link Outcome.Failed} of it. */
final class SoftError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Span span;

    SoftError(String message, Span span) {
        super(message, null, false, false);
        this.span = span;
    }

    Span span() {
        return span;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
