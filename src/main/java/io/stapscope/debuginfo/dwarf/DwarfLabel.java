package io.stapscope.debuginfo.dwarf;

/** A label that has code. */
public record DwarfLabel(String name, long address, Declaration declared) {}
