package io.stapscope.host.program;

import io.stapscope.debuginfo.dwarf.Declaration;
import io.stapscope.debuginfo.dwarf.DwarfFile;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.Unit;
import io.stapscope.debuginfo.dwarf.line.LineTable;
import io.stapscope.debuginfo.dwarf.line.LineTable.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The line tables of the units of a program, each read when it is asked for. */
final class UnitLines {
    private final DwarfFile dwarf;
    private final Map<Long, Optional<LineTable>> tables = new HashMap<>();

    UnitLines(DwarfFile dwarf) {
        this.dwarf = dwarf;
    }

    /** Empty when there is none, or none that can be read. */
    synchronized Optional<LineTable> of(Unit unit) {
        long offset = unit.lines();
        return offset < 0 ? Optional.empty() : tables.computeIfAbsent(offset, _ -> read(unit));
    }

    private static Optional<LineTable> read(Unit unit) {
        try {
            return Optional.of(LineTable.read(unit.sections(), unit.lines(), unit.directory(), unit.name()));
        } catch (DwarfFormatException e) {
            return Optional.empty();
        }
    }

    /** Path of the source file that names something; empty when it is not known. */
    String file(Declaration declared) {
        return of(declared.unit()).map(table -> table.file(declared.file())).orElse("");
    }

    List<String> sources() {
        var found = new TreeSet<String>();
        for (var unit : dwarf.units()) {
            of(unit).ifPresent(table -> found.addAll(table.files()));
        }
        found.remove("");
        return List.copyOf(found);
    }

    /** Rows that begin a statement of one of the lines. */
    List<Row> statements(FilePattern pattern, int first, int last) {
        var found = new ArrayList<Row>();
        var seen = new HashSet<Long>();
        for (var unit : dwarf.units()) {
            long offset = unit.lines();
            if (offset >= 0 && seen.add(offset)) {
                of(unit).ifPresent(table ->
                        found.addAll(table.statements(file -> pattern.matches(table.file(file)), first, last)));
            }
        }
        return found;
    }
}
