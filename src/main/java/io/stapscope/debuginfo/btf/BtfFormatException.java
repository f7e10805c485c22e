package io.stapscope.debuginfo.btf;

/** The bytes are not BTF, or contradict themselves. */
public final class BtfFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BtfFormatException(String message) {
        super(message);
    }
}
