package io.stapscope.history;

/** The capture or series that was asked for is not in the store. */
public final class NoSuchCaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchCaptureException(String what) {
        super(what);
    }
}
