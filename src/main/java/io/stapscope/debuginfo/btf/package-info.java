/**
 * Reads and writes BTF, the kernel's compact type information. Entry class:
 * {@link io.stapscope.debuginfo.btf.BtfFile}. Bytes in, numbers and names out; opens no files.
 */
@NullMarked
package io.stapscope.debuginfo.btf;

import org.jspecify.annotations.NullMarked;
