package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.dwarf.DwarfForm.Shape;
import java.util.HashMap;
import java.util.Map;

/** Tables of abbreviations by their offset: units often share them. */
final class AbbreviationCache {
    /** Honest tables do not overlap; this many times the section may be read before it is called garbage. */
    private static final int MAX_OVERLAP = 8;

    private final Cursor section;
    private final Map<Key, Abbreviations> tables = new HashMap<>();
    private long budget;

    AbbreviationCache(DwarfSections sections) {
        section = new Cursor(sections.abbrev(), ".debug_abbrev");
        budget = (long) section.end() * MAX_OVERLAP;
    }

    private record Key(long offset, Shape shape) {}

    Abbreviations at(long offset, Shape shape) {
        var key = new Key(offset, shape);
        var known = tables.get(key);
        if (known == null) {
            if (budget <= 0) {
                throw new DwarfFormatException("tables of .debug_abbrev overlap without end");
            }
            var cursor = section.at(offset);
            try {
                known = Abbreviations.read(cursor, shape);
            } finally {
                budget -= cursor.position() - offset + 1;
            }
            tables.put(key, known);
        }
        return known;
    }
}
