package io.stapscope.host.program;

/**
 * Code that begins a statement of a source line.
 *
 * @param file path of the source file
 * @param function that holds the code
 */
public record Line(String file, int line, long address, Function function) {}
