package io.stapscope.host.program;

/** A stub through which a program calls a function of a library. */
public record PltEntry(String name, long address) {}
