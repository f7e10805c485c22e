package io.stapscope.debuginfo.dwarf.location;

/** An expression cannot be carried out by a tracer; the message is the reason, a clause. Never leaves this package. */
final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    UnavailableException(String reason) {
        super(reason, null, false, false);
    }
}
