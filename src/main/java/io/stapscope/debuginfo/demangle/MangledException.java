package io.stapscope.debuginfo.demangle;

/** A name is not mangled, in a way that is not read, or too long when it is written out. Never leaves this package. */
final class MangledException extends Exception {
    private static final long serialVersionUID = 1;

    MangledException() {
        super("is not mangled", null, false, false);
    }
}
