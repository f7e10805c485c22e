/**
 * Where variables are: location expressions and location lists of DWARF 4 and 5 become trees that say how to compute an
 * address or a value from the registers and the memory of a thread. Entry classes:
 * {@link io.stapscope.debuginfo.dwarf.location.Expressions}, {@link io.stapscope.debuginfo.dwarf.location.LocationList}.
 */
@NullMarked
package io.stapscope.debuginfo.dwarf.location;

import org.jspecify.annotations.NullMarked;
