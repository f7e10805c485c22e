package io.stapscope.debuginfo.dwarf.line;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.DwarfSections;

/**
 * What a line program says of itself.
 *
 * @param code the operations, to their end
 * @param step bytes of the smallest instruction
 * @param startsAsStatement whether rows are statements until the program says otherwise
 * @param operands how many numbers follow a standard operation, by its code
 */
record LineHeader(
        Cursor code,
        int addressSize,
        int step,
        boolean startsAsStatement,
        int lineBase,
        int lineRange,
        int[] operands,
        SourceFiles files) {
    private static final int OLDEST = 2;
    private static final int NEWEST = 5;

    /** @param unit at the length of the unit */
    static LineHeader read(Cursor unit, DwarfSections sections, String directory, String name) {
        unit.limit(unit.initialLength());
        int version = unit.u16();
        if (version < OLDEST || version > NEWEST) {
            throw new DwarfFormatException("a line table is of version " + version);
        }
        int addressSize = sections.addressSize();
        if (version >= 5) {
            addressSize = unit.u8();
            if (unit.u8() != 0) {
                throw new DwarfFormatException("a line table has segments");
            }
        }
        var tables = unit.bounded(unit.offset());
        var code = unit.at((long) tables.end());
        int step = tables.u8();
        if (version >= 4 && tables.u8() > 1) {
            throw new DwarfFormatException("a line table is for instructions that hold several operations");
        }
        boolean startsAsStatement = tables.u8() != 0;
        int lineBase = tables.s8();
        int lineRange = tables.u8();
        if (lineRange == 0) {
            throw new DwarfFormatException("a line table has a range of no lines");
        }
        var operands = operands(tables);
        var files =
                version >= 5 ? new FileFormat(sections).read(tables, directory) : namedFiles(tables, directory, name);
        return new LineHeader(code, addressSize, step, startsAsStatement, lineBase, lineRange, operands, files);
    }

    private static int[] operands(Cursor tables) {
        var operands = new int[Math.max(1, tables.u8())];
        for (int i = 1; i < operands.length; i++) {
            operands[i] = tables.u8();
        }
        return operands;
    }

    private static SourceFiles namedFiles(Cursor tables, String directory, String name) {
        var files = new SourceFiles(directory);
        files.addDirectory("");
        for (var next = tables.string(); !next.isEmpty(); next = tables.string()) {
            checkCount(files.directories());
            files.addDirectory(next);
        }
        files.addUnit(name);
        for (var next = tables.string(); !next.isEmpty(); next = tables.string()) {
            checkCount(files.size());
            files.addFile(next, tables.uleb());
            tables.skipLeb();
            tables.skipLeb();
        }
        return files;
    }

    static void checkCount(int known) {
        if (known >= SourceFiles.MOST) {
            throw new DwarfFormatException("a line table has too many files");
        }
    }
}
