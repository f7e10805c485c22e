/**
 * Reads DWARF, the debug information of programs, versions 2 to 5: sections in, functions, variables and types out; opens no
 * files. Entry class: {@link io.stapscope.debuginfo.dwarf.DwarfFile}. Every length and offset is checked where it is used, and
 * garbage is answered with {@link io.stapscope.debuginfo.dwarf.DwarfFormatException}.
 */
@NullMarked
package io.stapscope.debuginfo.dwarf;

import org.jspecify.annotations.NullMarked;
