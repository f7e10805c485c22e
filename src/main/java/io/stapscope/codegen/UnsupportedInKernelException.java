package io.stapscope.codegen;

import io.stapscope.compiler.source.Span;

/** A construct that kernel code cannot carry; lowering should have deferred its handler. */
public final class UnsupportedInKernelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Span span;

    public UnsupportedInKernelException(Span span, String what) {
        super(what + " cannot run in the kernel");
        this.span = span;
    }

    public Span span() {
        return span;
    }
}
