package io.stapscope.debuginfo.dwarf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The units of all sections. One that cannot be read is left out; the next begins where its length says. */
final class UnitList {
    /** More than the largest programs have; ends the reading of garbage. */
    private static final int MAX_UNITS = 1 << 18;

    private final DwarfTexts texts;
    private final List<Unit> units = new ArrayList<>();
    private final Map<Long, Long> signatures = new HashMap<>();
    private @Nullable String remark;

    UnitList(DwarfSections sections, DwarfTexts texts) {
        this.texts = texts;
        read(DieSpace.INFO, sections, new Cursor(sections.info(), DieSpace.INFO.section));
        read(DieSpace.TYPES, sections, new Cursor(sections.types(), DieSpace.TYPES.section));
        var supplement = sections.supplement();
        if (supplement != null) {
            read(DieSpace.SUPPLEMENT, supplement, new Cursor(supplement.info(), DieSpace.SUPPLEMENT.section));
        }
    }

    List<Unit> units() {
        return units;
    }

    /** Why the first unit that was left out was. */
    @Nullable
    String remark() {
        return remark;
    }

    /** 0 when there is none. */
    long typeOfSignature(long signature) {
        return signatures.getOrDefault(signature, 0L);
    }

    private void read(DieSpace space, DwarfSections sections, Cursor cursor) {
        var tables = new AbbreviationCache(sections);
        while (cursor.hasRemaining()) {
            long offset = cursor.position();
            try {
                if (units.size() >= MAX_UNITS) {
                    throw new DwarfFormatException("there are more than " + MAX_UNITS + " units");
                }
                long length = cursor.initialLength();
                var unit = cursor.bounded(length);
                cursor.skip(length);
                add(space, sections, tables, UnitHeader.read(unit, offset, space));
            } catch (DwarfFormatException e) {
                note("a unit at 0x" + Long.toHexString(offset) + " of " + space.section + ": " + e.getMessage());
                if (cursor.position() <= offset + Long.BYTES + Integer.BYTES) {
                    return;
                }
            }
        }
    }

    private void add(DieSpace space, DwarfSections sections, AbbreviationCache tables, UnitHeader header) {
        var unit = new Unit(space, sections, texts, header, tables.at(header.abbreviations(), header.shape()));
        units.add(unit);
        if (header.isTypeUnit()) {
            signatures.putIfAbsent(header.signature(), space.die(header.offset() + header.typeOffset()));
        }
        if (!unit.splitName().isEmpty()) {
            note("the debug information is in split files (" + unit.splitName() + "), which are not read");
        }
    }

    private void note(String problem) {
        if (remark == null) {
            remark = problem;
        }
    }
}
