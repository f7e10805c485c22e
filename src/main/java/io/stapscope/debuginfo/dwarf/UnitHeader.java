package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.dwarf.DwarfForm.Shape;

/**
 * The fixed part at the start of a unit.
 *
 * @param offset where it begins in its section
 * @param end offset behind the unit
 * @param firstDie offset of its first entry
 * @param abbreviations offset of its table in {@code .debug_abbrev}
 * @param signature of the type that a type unit describes
 * @param typeOffset where that type is, from the start of the unit; 0 for other units
 */
record UnitHeader(
        long offset, int end, int firstDie, Shape shape, long abbreviations, long signature, long typeOffset) {
    private static final int OLDEST = 2;
    private static final int NEWEST = 5;
    private static final int COMPILE = 1;
    private static final int TYPE = 2;
    private static final int PARTIAL = 3;
    private static final int SKELETON = 4;
    private static final int SPLIT_COMPILE = 5;
    private static final int SPLIT_TYPE = 6;

    /** Whether it describes one type that others name by its signature. */
    boolean isTypeUnit() {
        return typeOffset != 0;
    }

    /** Reads the header at a cursor that ends where the unit ends, behind the initial length. */
    static UnitHeader read(Cursor unit, long offset, DieSpace space) {
        int version = unit.u16();
        if (version < OLDEST || version > NEWEST) {
            throw new DwarfFormatException("version " + version + " of DWARF is not read");
        }
        int kind = space == DieSpace.TYPES ? TYPE : COMPILE;
        long abbreviations;
        int addressSize;
        if (version >= NEWEST) {
            kind = unit.u8();
            addressSize = unit.u8();
            abbreviations = unit.offset();
        } else {
            abbreviations = unit.offset();
            addressSize = unit.u8();
        }
        if (addressSize != Integer.BYTES && addressSize != Long.BYTES) {
            throw new DwarfFormatException("a unit has addresses of " + addressSize + " bytes");
        }
        long signature = 0;
        long typeOffset = 0;
        switch (kind) {
            case COMPILE, PARTIAL -> {}
            case TYPE -> {
                signature = unit.u64();
                typeOffset = unit.offset();
            }
            case SKELETON -> unit.skip(Long.BYTES);
            case SPLIT_COMPILE, SPLIT_TYPE ->
                throw new DwarfFormatException("it is the split part of another file (.dwo), which is not read");
            default -> throw new DwarfFormatException("units of the kind " + kind + " are not known");
        }
        var shape = new Shape(addressSize, unit.format64(), version);
        return new UnitHeader(offset, unit.end(), unit.position(), shape, abbreviations, signature, typeOffset);
    }
}
