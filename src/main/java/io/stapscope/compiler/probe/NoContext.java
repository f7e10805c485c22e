package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.source.Span;
import java.util.List;

/** Points without variables: begin, timers, starts and ends of processes; also the bodies of functions. */
public record NoContext() implements PointContext {
    public static final NoContext INSTANCE = new NoContext();

    @Override
    public List<ContextVariable> variables() {
        return List.of();
    }

    @Override
    public boolean hasUserMemory() {
        return false;
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        return Diagnostic.of(
                        DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                        span,
                        "`" + name + "` is not a variable of this probe point",
                        "unknown context variable")
                .withNote("this probe point has no context variables; .syscall and .syscall.return have some");
    }
}
