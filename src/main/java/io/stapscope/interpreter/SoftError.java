package io.stapscope.interpreter;

import io.stapscope.compiler.ir.SoftErrorText;
import io.stapscope.compiler.source.Span;

/** Unwinds a handler up to a {@code catch}, or to {@link Interpreter#run}, which makes an {@link Outcome.Failed} of it. */
final class SoftError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Span span;
    private final Kind kind;

    private enum Kind {
        /** Its text ends with the place. */
        PLACED,
        /** Its text is what the script says. */
        SAID,
        /** No catch sees it. */
        FINAL
    }

    SoftError(String message, Span span) {
        this(message, span, Kind.PLACED);
    }

    private SoftError(String message, Span span, Kind kind) {
        super(message, null, false, false);
        this.span = span;
        this.kind = kind;
    }

    /** {@code error("...")}. */
    static SoftError said(String message, Span span) {
        return new SoftError(message, span, Kind.SAID);
    }

    /** One that no catch sees. */
    static SoftError last(String message, Span span) {
        return new SoftError(message, span, Kind.FINAL);
    }

    Span span() {
        return span;
    }

    boolean isFinal() {
        return kind == Kind.FINAL;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /** Without the place. */
    String bareText() {
        return kind == Kind.PLACED ? SoftErrorText.withoutPlace(text()) : text();
    }
}
