package io.stapscope.debuginfo.dwarf;

/**
 * Sections that hold entries. An entry is named by one number: its offset in the section, and the space in the bits above
 * it. No entry lies at 0, where the first unit begins: 0 means none.
 */
enum DieSpace {
    INFO(".debug_info"),
    TYPES(".debug_types"),
    /** The file that dwz moved common parts to. */
    SUPPLEMENT(".debug_info of the supplementary file");

    private static final int SHIFT = 40;
    private static final DieSpace[] ALL = values();

    final String section;

    DieSpace(String section) {
        this.section = section;
    }

    long die(long offset) {
        return (long) ordinal() << SHIFT | offset;
    }

    static DieSpace of(long die) {
        int space = (int) (die >>> SHIFT);
        if (space < 0 || space >= ALL.length) {
            throw new DwarfFormatException("there is no entry " + Long.toHexString(die));
        }
        return ALL[space];
    }

    static long offset(long die) {
        return die & (1L << SHIFT) - 1;
    }
}
