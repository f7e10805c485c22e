/**
 * Layouts of the kernel's own structures, one file each: offsets, sizes and constants under names that a search in the
 * kernel finds again. Pure bytes: knows no system call. A test compares them with the running kernel's BTF.
 */
@NullMarked
package io.stapscope.kernel.abi;

import org.jspecify.annotations.NullMarked;
