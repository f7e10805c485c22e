package io.stapscope.debuginfo.dwarf;

/**
 * A call inside a function, or a copy of another function in its code.
 *
 * @param callee entry of the function that is called; 0 when only the running program knows
 * @param address behind the call; where an inlined copy begins
 */
public record DwarfCall(long callee, long address, boolean inlined) {}
