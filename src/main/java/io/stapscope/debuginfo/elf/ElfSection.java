package io.stapscope.debuginfo.elf;

/**
 * A named stretch of the file.
 *
 * @param type SHT_*
 * @param flags SHF_*
 * @param address where it lies in memory, before relocation; 0 when it is not loaded
 * @param offset in the file
 * @param size bytes; a section of type NOBITS has none of them in the file
 * @param link index of a section that belongs to it: the names of a symbol table
 * @param entrySize bytes of an entry, 0 when it is no table
 */
public record ElfSection(
        String name, int type, long flags, long address, long offset, long size, int link, long entrySize) {
    public static final int SYMBOLS = 2;
    public static final int NO_BITS = 8;
    public static final int DYNAMIC_SYMBOLS = 11;
}
