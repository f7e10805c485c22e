package io.stapscope.host.program;

/** A label of a function, where it has code. */
public record Label(String name, String file, int line, long address) {}
