/**
 * Line tables: which source line an address belongs to, and where the code of a line begins; DWARF 2 to 5. Entry class:
 * {@link io.stapscope.debuginfo.dwarf.line.LineTable}.
 */
@NullMarked
package io.stapscope.debuginfo.dwarf.line;

import org.jspecify.annotations.NullMarked;
