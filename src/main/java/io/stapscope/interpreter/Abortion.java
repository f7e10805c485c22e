package io.stapscope.interpreter;

/** {@code abort()}: leaves the handler at once, whatever would catch an error. */
final class Abortion extends RuntimeException {
    private static final long serialVersionUID = 1;

    Abortion() {
        super("abort()", null, false, false);
    }
}
