package io.stapscope.debuginfo.dwarf.line;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfSections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;

/** The lines of one unit by address. */
public final class LineTable {
    private final SourceFiles files;
    private final LineRows rows;

    /**
     * The code from this address to that of the next row.
     *
     * @param file path; empty when it is not known
     * @param line 0 for code that belongs to no line
     * @param isStatement whether it is a good place to stop
     */
    public record Row(long address, String file, int line, boolean isStatement, boolean endsPrologue) {}

    private LineTable(SourceFiles files, LineRows rows) {
        this.files = files;
        this.rows = rows;
    }

    /**
     * Reads the table of a unit.
     *
     * @param offset in {@code .debug_line}: {@code DW_AT_stmt_list}
     * @param directory in which the unit was compiled; may be empty
     * @param name of the unit's source, which is file 0 before DWARF 5; may be empty
     * @throws io.stapscope.debuginfo.dwarf.DwarfFormatException when it is damaged
     */
    public static LineTable read(DwarfSections sections, long offset, String directory, String name) {
        var header = LineHeader.read(new Cursor(sections.line(), ".debug_line").at(offset), sections, directory, name);
        return new LineTable(header.files(), new LineProgram(header).run());
    }

    /** The path of a file by its number in this table ({@code DW_AT_decl_file}); empty when it has none. */
    public String file(int number) {
        return files.path(number);
    }

    /** Paths of its files by their numbers; numbers without a file are empty texts. */
    public List<String> files() {
        return files.paths();
    }

    /** Rows that begin a statement of one of the lines, by address; of several of one address and line the first. */
    public List<Row> statements(IntPredicate isFile, int first, int last) {
        var found = new ArrayList<Row>();
        for (int i = 0; i < rows.size(); i++) {
            int line = rows.line(i);
            if (line >= first && line <= last && line != 0 && rows.isStatement(i) && isFile.test(rows.file(i))) {
                var row = row(i);
                if (found.isEmpty() || !isSame(found.getLast(), row)) {
                    found.add(row);
                }
            }
        }
        return found;
    }

    private static boolean isSame(Row one, Row other) {
        return one.address() == other.address()
                && one.line() == other.line()
                && one.file().equals(other.file());
    }

    /** The row an address belongs to. */
    public Optional<Row> at(long address) {
        int found = rows.at(address);
        return found < 0 ? Optional.empty() : Optional.of(row(found));
    }

    /**
     * Where the arguments of a function are in their places: where the compiler says that its prologue ends, else where
     * its second line begins, as debuggers have it. Empty when neither can be told.
     *
     * @param start of the function
     * @param end first address behind it
     */
    public OptionalLong prologueEnd(long start, long end) {
        int first = rows.at(start);
        if (first < 0) {
            return OptionalLong.empty();
        }
        while (first > 0 && rows.address(first - 1) == start && !rows.isEnd(first - 1)) {
            first--;
        }
        long second = start;
        for (int i = first; i < rows.size() && Long.compareUnsigned(rows.address(i), end) < 0; i++) {
            if (rows.isEnd(i)) {
                break;
            }
            if (rows.endsPrologue(i) && Long.compareUnsigned(rows.address(i), start) >= 0) {
                return OptionalLong.of(rows.address(i));
            }
            if (second == start && rows.line(i) != 0 && Long.compareUnsigned(rows.address(i), start) > 0) {
                second = rows.address(i);
            }
        }
        return second == start ? OptionalLong.empty() : OptionalLong.of(second);
    }

    private Row row(int index) {
        return new Row(
                rows.address(index),
                files.path(rows.file(index)),
                rows.line(index),
                rows.isStatement(index),
                rows.endsPrologue(index));
    }

    /** All rows that are code, by address, for listings. */
    public List<Row> rows() {
        var all = new ArrayList<Row>();
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.isEnd(i)) {
                all.add(row(i));
            }
        }
        return all;
    }
}
