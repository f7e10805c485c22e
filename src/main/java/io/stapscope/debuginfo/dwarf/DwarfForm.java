package io.stapscope.debuginfo.dwarf;

/** How the value of an attribute is written (DW_FORM_*). */
final class DwarfForm {
    static final int ADDR = 0x01;
    static final int BLOCK2 = 0x03;
    static final int BLOCK4 = 0x04;
    static final int DATA2 = 0x05;
    static final int DATA4 = 0x06;
    static final int DATA8 = 0x07;
    static final int STRING = 0x08;
    static final int BLOCK = 0x09;
    static final int BLOCK1 = 0x0a;
    static final int DATA1 = 0x0b;
    static final int FLAG = 0x0c;
    static final int SDATA = 0x0d;
    static final int STRP = 0x0e;
    static final int UDATA = 0x0f;
    static final int REF_ADDR = 0x10;
    static final int REF1 = 0x11;
    static final int REF2 = 0x12;
    static final int REF4 = 0x13;
    static final int REF8 = 0x14;
    static final int REF_UDATA = 0x15;
    static final int INDIRECT = 0x16;
    static final int SEC_OFFSET = 0x17;
    static final int EXPRLOC = 0x18;
    static final int FLAG_PRESENT = 0x19;
    static final int STRX = 0x1a;
    static final int ADDRX = 0x1b;
    static final int REF_SUP4 = 0x1c;
    static final int STRP_SUP = 0x1d;
    static final int DATA16 = 0x1e;
    static final int LINE_STRP = 0x1f;
    static final int REF_SIG8 = 0x20;
    static final int IMPLICIT_CONST = 0x21;
    static final int LOCLISTX = 0x22;
    static final int RNGLISTX = 0x23;
    static final int REF_SUP8 = 0x24;
    static final int STRX1 = 0x25;
    static final int STRX2 = 0x26;
    static final int STRX3 = 0x27;
    static final int STRX4 = 0x28;
    static final int ADDRX1 = 0x29;
    static final int ADDRX2 = 0x2a;
    static final int ADDRX3 = 0x2b;
    static final int ADDRX4 = 0x2c;
    static final int GNU_ADDR_INDEX = 0x1f01;
    static final int GNU_STR_INDEX = 0x1f02;
    static final int GNU_REF_ALT = 0x1f20;
    static final int GNU_STRP_ALT = 0x1f21;

    /** The number of bytes differs from value to value. */
    static final int VARIABLE = -1;

    private DwarfForm() {}

    /** What the sizes of values depend on. */
    record Shape(int addressSize, boolean format64, int version) {
        int offsetSize() {
            return format64 ? 8 : 4;
        }

        /** Version 2 wrote references between units as addresses. */
        int referenceSize() {
            return version == 2 ? addressSize : offsetSize();
        }
    }

    /** Bytes of a value in this form, or {@link #VARIABLE}. */
    static int size(int form, Shape shape) {
        return switch (form) {
            case FLAG_PRESENT, IMPLICIT_CONST -> 0;
            case DATA1, FLAG, REF1, STRX1, ADDRX1 -> 1;
            case DATA2, REF2, STRX2, ADDRX2 -> 2;
            case STRX3, ADDRX3 -> 3;
            case DATA4, REF4, REF_SUP4, STRX4, ADDRX4 -> 4;
            case DATA8, REF8, REF_SIG8, REF_SUP8 -> 8;
            case DATA16 -> 16;
            case ADDR -> shape.addressSize();
            case REF_ADDR -> shape.referenceSize();
            case STRP, SEC_OFFSET, LINE_STRP, STRP_SUP, GNU_REF_ALT, GNU_STRP_ALT -> shape.offsetSize();
            case BLOCK1, BLOCK2, BLOCK4, BLOCK, EXPRLOC, STRING, INDIRECT -> VARIABLE;
            case SDATA, UDATA, REF_UDATA, STRX, ADDRX, LOCLISTX, RNGLISTX, GNU_ADDR_INDEX, GNU_STR_INDEX -> VARIABLE;
            default ->
                throw new DwarfFormatException("values of the form 0x" + Integer.toHexString(form) + " are not known");
        };
    }

    /** Moves behind a value of any form. */
    static void skip(Cursor cursor, int form, Shape shape) {
        switch (form) {
            case STRING -> cursor.skipString();
            case BLOCK1, BLOCK2, BLOCK4, BLOCK, EXPRLOC -> cursor.skip(blockLength(cursor, form));
            case INDIRECT -> skip(cursor, indirect(cursor), shape);
            case SDATA, UDATA, REF_UDATA, STRX, ADDRX, LOCLISTX, RNGLISTX, GNU_ADDR_INDEX, GNU_STR_INDEX ->
                cursor.skipLeb();
            default -> cursor.skip(size(form, shape));
        }
    }

    static long blockLength(Cursor cursor, int form) {
        return switch (form) {
            case BLOCK1 -> cursor.u8();
            case BLOCK2 -> cursor.u16();
            case BLOCK4 -> cursor.u32();
            default -> cursor.uleb31();
        };
    }

    /** The form that a value itself names. */
    static int indirect(Cursor cursor) {
        int form = cursor.uleb31();
        if (form == INDIRECT || form == IMPLICIT_CONST) {
            throw new DwarfFormatException("a value of " + cursor.section() + " has a form that has no value");
        }
        return form;
    }

    static boolean isBlock(int form) {
        return switch (form) {
            case BLOCK1, BLOCK2, BLOCK4, BLOCK, EXPRLOC, DATA16 -> true;
            default -> false;
        };
    }

    static boolean isAddress(int form) {
        return switch (form) {
            case ADDR, ADDRX, ADDRX1, ADDRX2, ADDRX3, ADDRX4, GNU_ADDR_INDEX -> true;
            default -> false;
        };
    }

    static boolean isConstant(int form) {
        return switch (form) {
            case DATA1, DATA2, DATA4, DATA8, SDATA, UDATA, IMPLICIT_CONST -> true;
            default -> false;
        };
    }

    /** The number or position that stands for a value; of blocks not. */
    static long read(Cursor cursor, int form, Shape shape) {
        return switch (form) {
            case SDATA -> cursor.sleb();
            case UDATA, REF_UDATA, STRX, ADDRX, LOCLISTX, RNGLISTX, GNU_ADDR_INDEX, GNU_STR_INDEX -> cursor.uleb();
            case FLAG_PRESENT -> 1;
            case STRX3, ADDRX3 -> cursor.u24();
            case STRING -> {
                int start = cursor.position();
                cursor.skipString();
                yield start;
            }
            default -> cursor.unsigned(size(form, shape));
        };
    }
}
