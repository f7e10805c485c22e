package io.stapscope.debuginfo.elf;

/**
 * Code through which a program calls a function of a library.
 *
 * @param name of the function, without a version
 * @param address before relocation
 */
public record PltStub(String name, long address) {}
