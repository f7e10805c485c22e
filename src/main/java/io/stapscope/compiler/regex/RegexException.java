package io.stapscope.compiler.regex;

/** A pattern that cannot be compiled: what is wrong, and where in the pattern. */
public final class RegexException extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;

    RegexException(int position, String message) {
        super(message);
        this.position = position;
    }

    /** Byte of the pattern the complaint is about; its length for the end. */
    public int position() {
        return position;
    }

    /** What is wrong, in words for the author of the script. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
