package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;

/** What {@code procfs} and {@code input} offer: the text that goes in or out. */
record ExchangeContext(Kind kind) implements PointContext {
    private static final String VALUE = "$value";

    enum Kind {
        /** Somebody reads a file: the body sets {@code $value}. */
        READ,
        /** Somebody wrote a file: the body reads {@code $value}. */
        WRITTEN,
        CHARACTER,
        LINE
    }

    @Override
    public List<ContextVariable> variables() {
        return switch (kind) {
            case READ -> List.of(text(VALUE, "What the reader gets: set it, or add to it with .= as often as needed."));
            case WRITTEN -> List.of(text(VALUE, "What was written."));
            case CHARACTER, LINE -> List.of();
        };
    }

    @Override
    public List<ContextVariable> locals() {
        return switch (kind) {
            case READ, WRITTEN -> List.of();
            case CHARACTER -> List.of(text("char", "The character that came in."));
            case LINE -> List.of(text("line", "The line that came in, with its end."));
        };
    }

    private static ContextVariable text(String name, String documentation) {
        return new ContextVariable(
                name, Type.STRING, documentation, span -> new Expression.Context(span, ContextValue.INPUT));
    }

    @Override
    public boolean hasUserMemory() {
        return false;
    }

    @Override
    public boolean isWritable(String name) {
        return kind == Kind.READ && name.equals(VALUE);
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        var names = (variables().isEmpty() ? locals() : variables())
                .stream().map(ContextVariable::name).toList();
        return Diagnostic.of(
                        DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                        span,
                        "`" + name + "` is not a variable of this probe point",
                        "unknown context variable")
                .withNote("available here: " + String.join(", ", names));
    }
}
