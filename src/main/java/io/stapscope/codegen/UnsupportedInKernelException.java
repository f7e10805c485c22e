package io.stapscope.codegen;

import io.stapscope.compiler.source.Span;

/** A construct that kernel code cannot carry; lowering should have deferred its handler. */
public final class UnsupportedInKernelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Span span;
    private int handler = -1;

    public UnsupportedInKernelException(Span span, String what) {
        super(what + " cannot run in the kernel");
        this.span = span;
    }

    /** As this one, of a handler. @param id of the handler */
    UnsupportedInKernelException in(int id) {
        if (handler < 0) {
            handler = id;
        }
        return this;
    }

    /** Id of the handler that holds it, -1 when it is of none. */
    public int handler() {
        return handler;
    }

    public Span span() {
        return span;
    }
}
