package io.stapscope.compiler.probe;

/**
 * A form of probe point.
 *
 * @param text as it is written, with capital words for what the user fills in: {@code process("PATH").syscall}
 */
public record ProbePattern(String text, String documentation) {}
