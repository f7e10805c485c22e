/**
 * Types of the C language as a compiler left them in a binary: {@link io.stapscope.host.ctype.CType}, made from BTF by
 * {@link io.stapscope.host.ctype.BtfCTypes} and from DWARF by {@link io.stapscope.host.ctype.DwarfCTypes}. The graph is
 * cyclic, so what a type refers to is looked up when it is asked for.
 */
@NullMarked
package io.stapscope.host.ctype;

import org.jspecify.annotations.NullMarked;
