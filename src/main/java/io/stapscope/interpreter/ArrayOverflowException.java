package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Global;

/** Thrown by a {@link GlobalStore} that has no room for another element. Carries no stack: it is a soft error. */
public final class ArrayOverflowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArrayOverflowException(Global global) {
        super("no room in " + global.name(), null, false, false);
    }
}
