package io.stapscope.debuginfo.dwarf;

/** The bytes are not DWARF, contradict themselves, or are of a kind that is not read; the message is a clause that says so. */
public final class DwarfFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DwarfFormatException(String message) {
        super(message);
    }
}
