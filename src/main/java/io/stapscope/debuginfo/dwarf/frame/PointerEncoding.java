package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;

/**
 * How addresses are written in {@code .eh_frame}.
 *
 * @param code DW_EH_PE_*: the format in the low four bits, above them what it counts from
 */
record PointerEncoding(int code) {
    static final PointerEncoding ABSOLUTE = new PointerEncoding(0);

    private static final int OMITTED = 0xff;
    private static final int INDIRECT = 0x80;
    private static final int FORMAT = 0x0f;
    private static final int APPLICATION = 0x70;
    private static final int FROM_HERE = 0x10;

    /** @param sectionAddress where the section is loaded */
    long read(Cursor cursor, int addressSize, long sectionAddress) {
        long here = sectionAddress + cursor.position();
        long value = length(cursor, addressSize);
        if ((code & INDIRECT) != 0) {
            throw new DwarfFormatException("an address of " + cursor.section() + " is behind a pointer");
        }
        return switch (code & APPLICATION) {
            case 0 -> value;
            case FROM_HERE -> addressSize == 4 ? here + value & 0xffff_ffffL : here + value;
            default -> throw unknown(cursor);
        };
    }

    /** Reads the number as it is written: a length, or a pointer that nobody wants. */
    long length(Cursor cursor, int addressSize) {
        if (code == OMITTED) {
            return 0;
        }
        return switch (code & FORMAT) {
            case 0x0 -> cursor.unsigned(addressSize);
            case 0x1 -> cursor.uleb();
            case 0x2 -> cursor.unsigned(2);
            case 0x3 -> cursor.unsigned(4);
            case 0x4, 0xc -> cursor.unsigned(8);
            case 0x8 -> cursor.signed(addressSize);
            case 0x9 -> cursor.sleb();
            case 0xa -> cursor.signed(2);
            case 0xb -> cursor.signed(4);
            default -> throw unknown(cursor);
        };
    }

    private DwarfFormatException unknown(Cursor cursor) {
        return new DwarfFormatException(
                "an address of " + cursor.section() + " is written in form 0x" + Integer.toHexString(code));
    }
}
