package io.stapscope.compiler.analysis;

import io.stapscope.compiler.probe.ContextVariable;
import io.stapscope.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/** A local variable or a parameter. */
public final class LocalSymbol extends VariableSymbol {
    private final boolean parameter;
    private @Nullable ContextVariable preset;
    private boolean read;
    private boolean written;
    private boolean reassigned;

    LocalSymbol(String name, Span span, boolean parameter) {
        super(name, span);
        this.parameter = parameter;
    }

    public boolean isParameter() {
        return parameter;
    }

    /** What it holds when the body begins, as the probe point offers it; null for 0 or "". */
    public @Nullable ContextVariable preset() {
        return preset;
    }

    void presetTo(ContextVariable variable) {
        preset = variable;
        written = true;
        setType(variable.type(), span());
    }

    boolean isRead() {
        return read;
    }

    boolean isWritten() {
        return written;
    }

    /** Whether a parameter gets another value than the one it came with. */
    public boolean isReassigned() {
        return reassigned;
    }

    void markReassigned() {
        reassigned = true;
    }

    void markRead() {
        read = true;
    }

    void markWritten() {
        written = true;
    }
}
