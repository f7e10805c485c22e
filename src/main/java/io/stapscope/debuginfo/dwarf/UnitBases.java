package io.stapscope.debuginfo.dwarf;

/**
 * What the first entry of a unit says, as it is written there: texts and addresses may count from bases that stand behind
 * them.
 *
 * @param lines offset in {@code .debug_line}, -1 for none
 * @param texts where the unit's part of {@code .debug_str_offsets} begins
 */
record UnitBases(
        long lines,
        int language,
        long texts,
        long addresses,
        long rangeLists,
        long locationLists,
        Value name,
        Value directory,
        Value lowPc,
        Value splitName) {

    /** A value as it is written; form 0 for an attribute that is not there. */
    record Value(int form, long number) {}

    static UnitBases read(UnitHeader header, Abbreviations abbreviations, Cursor entries) {
        var root = new DieValues();
        int code = entries.uleb31();
        if (code == 0) {
            throw new DwarfFormatException("a unit has no entries");
        }
        root.decode(abbreviations, abbreviations.find(code), entries);
        boolean wide = header.shape().format64();
        int plainHeader = wide ? 16 : 8;
        int listHeader = wide ? 20 : 12;
        return new UnitBases(
                root.number(DwarfAttribute.STMT_LIST, -1),
                (int) root.number(DwarfAttribute.LANGUAGE, 0),
                root.number(DwarfAttribute.STR_OFFSETS_BASE, plainHeader),
                root.number(DwarfAttribute.ADDR_BASE, root.number(DwarfAttribute.GNU_ADDR_BASE, plainHeader)),
                root.number(DwarfAttribute.RNGLISTS_BASE, listHeader),
                root.number(DwarfAttribute.LOCLISTS_BASE, listHeader),
                value(root, DwarfAttribute.NAME),
                value(root, DwarfAttribute.COMP_DIR),
                value(root, DwarfAttribute.LOW_PC),
                value(root, root.has(DwarfAttribute.DWO_NAME) ? DwarfAttribute.DWO_NAME : DwarfAttribute.GNU_DWO_NAME));
    }

    private static Value value(DieValues root, int attribute) {
        int index = root.index(attribute);
        return index < 0 ? new Value(0, 0) : new Value(root.form(index), root.value(index));
    }
}
