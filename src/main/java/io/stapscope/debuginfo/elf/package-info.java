/**
 * Reads ELF files (32 and 64 bits, little-endian): sections, segments, symbols, notes, stubs of the linker, static marks.
 * Bytes in, records out: any garbage ends as an {@link io.stapscope.debuginfo.elf.ElfFormatException} with a clause, in time
 * and memory that the size of the file bounds. Entry class: {@link io.stapscope.debuginfo.elf.ElfFile}.
 */
@NullMarked
package io.stapscope.debuginfo.elf;

import org.jspecify.annotations.NullMarked;
