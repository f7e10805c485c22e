package io.stapscope.debuginfo.dwarf.location;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;

/** Finds lists that are named by an index ({@code DW_FORM_rnglistx}, {@code DW_FORM_loclistx}). */
public final class ListOffsets {
    private ListOffsets() {}

    /**
     * @param section {@code .debug_rnglists} or {@code .debug_loclists}; offsets as wide as those of the unit
     * @param base where the unit's table of offsets begins ({@code DW_AT_rnglists_base})
     * @return a cursor at the list
     */
    public static Cursor list(Cursor section, long base, long index) {
        int size = section.format64() ? Long.BYTES : Integer.BYTES;
        if (index < 0 || index > section.end() / size) {
            throw new DwarfFormatException(
                    section.section() + " has no list of number " + Long.toUnsignedString(index));
        }
        return section.at(base + section.at(base + index * size).offset());
    }
}
