package io.stapscope.tracer;

import io.stapscope.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/** A plan cannot run on this host. */
public final class TraceException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Span span;
    private final String kernelLog;

    /** @param kernelLog the verifier's words, "" without any */
    public TraceException(String message, @Nullable Span span, String kernelLog, @Nullable Throwable cause) {
        super(message, cause);
        this.span = span;
        this.kernelLog = kernelLog;
    }

    /** Where in the script, null when it is about the whole. */
    public @Nullable Span span() {
        return span;
    }

    public String kernelLog() {
        return kernelLog;
    }
}
