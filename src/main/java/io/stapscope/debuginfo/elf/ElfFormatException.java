package io.stapscope.debuginfo.elf;

/** The bytes are no ELF file that we can read; the message ends a sentence. */
public final class ElfFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ElfFormatException(String message) {
        super(message);
    }
}
