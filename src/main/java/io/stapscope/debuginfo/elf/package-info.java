/**
 * Reads ELF files (64 bits, little-endian): sections, segments, symbols. Bytes in, records out. Entry class:
 * {@link io.stapscope.debuginfo.elf.ElfFile}.
 */
@NullMarked
package io.stapscope.debuginfo.elf;

import org.jspecify.annotations.NullMarked;
