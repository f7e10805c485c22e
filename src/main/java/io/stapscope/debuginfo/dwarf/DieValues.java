package io.stapscope.debuginfo.dwarf;

import java.util.Arrays;

/** The attributes of one entry as they are written; used again for the next entry. */
final class DieValues {
    private int[] attributes = new int[32];
    private int[] forms = new int[32];
    private long[] values = new long[32];
    private int[] lengths = new int[32];
    private int count;

    /** Reads the values of an entry, behind its code. Of a block the value is its position. */
    void decode(Abbreviations table, int abbreviation, Cursor cursor) {
        int first = table.first(abbreviation);
        int size = table.first(abbreviation + 1) - first;
        if (size > attributes.length) {
            grow(size);
        }
        count = 0;
        for (int i = 0; i < size; i++) {
            int form = table.form(first + i);
            attributes[i] = table.attribute(first + i);
            if (form == DwarfForm.INDIRECT) {
                form = DwarfForm.indirect(cursor);
            }
            forms[i] = form;
            if (form == DwarfForm.IMPLICIT_CONST) {
                values[i] = table.constant(first + i);
            } else if (DwarfForm.isBlock(form)) {
                int length = form == DwarfForm.DATA16 ? 16 : (int) DwarfForm.blockLength(cursor, form);
                values[i] = cursor.position();
                lengths[i] = length;
                cursor.skip(length);
            } else {
                values[i] = DwarfForm.read(cursor, form, table.shape());
            }
        }
        count = size;
    }

    private void grow(int size) {
        attributes = new int[size * 2];
        forms = new int[size * 2];
        values = new long[size * 2];
        lengths = new int[size * 2];
    }

    void clear() {
        count = 0;
    }

    /** Index of an attribute, -1 when the entry has it not. */
    int index(int attribute) {
        for (int i = 0; i < count; i++) {
            if (attributes[i] == attribute) {
                return i;
            }
        }
        return -1;
    }

    boolean has(int attribute) {
        return index(attribute) >= 0;
    }

    int form(int index) {
        return forms[index];
    }

    long value(int index) {
        return values[index];
    }

    /** Bytes of a block. */
    int length(int index) {
        return lengths[index];
    }

    /** A number or an offset; the other one when the attribute is not there, or is a block. */
    long number(int attribute, long otherwise) {
        int index = index(attribute);
        return index < 0 || DwarfForm.isBlock(forms[index]) ? otherwise : values[index];
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(attributes, count));
    }
}
