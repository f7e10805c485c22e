package io.stapscope.debuginfo.machine;

/** The bytes are no instruction of the machine; the message is a clause. */
public final class MachineFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MachineFormatException(String message) {
        super(message);
    }
}
