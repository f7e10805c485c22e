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
 * @param alignment bytes
 */
public record ElfSection(
        String name,
        int type,
        long flags,
        long address,
        long offset,
        long size,
        int link,
        long entrySize,
        long alignment) {
    public static final int BITS = 1;
    public static final int SYMBOLS = 2;
    public static final int STRINGS = 3;
    public static final int RELOCATIONS = 4;
    public static final int DYNAMIC = 6;
    public static final int NOTES = 7;
    public static final int NO_BITS = 8;
    public static final int DYNAMIC_SYMBOLS = 11;

    public static final int COMPRESSED = 0x800;

    /** Whether its bytes are in this file: a file of debug information has most sections by name only. */
    public boolean isHere() {
        return type != NO_BITS && type != 0;
    }

    public boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }
}
