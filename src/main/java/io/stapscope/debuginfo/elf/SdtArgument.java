package io.stapscope.debuginfo.elf;

/**
 * An argument of a mark.
 *
 * @param size bytes: 1, 2, 4 or 8
 * @param text as the note writes it: {@code -4@%edi}
 */
public record SdtArgument(int size, boolean signed, SdtOperand operand, String text) {}
