package io.stapscope.debuginfo.elf;

import java.util.ArrayList;
import java.util.List;

/** The two tables of a file: what goes into memory, and what its parts are. */
final class ElfTables {
    /** Names of all sections together; those of real files are some hundred bytes. */
    private static final int MOST_NAMES = 1 << 24;

    private ElfTables() {}

    static List<ElfSegment> segments(ElfBytes bytes, ElfHeader header) {
        int size = bytes.wide() ? 56 : 32;
        var found = new ArrayList<ElfSegment>();
        for (int i = 0; i < header.segmentCount(); i++) {
            long at = header.segments() + (long) i * size;
            found.add(
                    bytes.wide()
                            ? new ElfSegment(
                                    bytes.i32(at),
                                    bytes.i32(at + 4),
                                    bytes.i64(at + 8),
                                    bytes.i64(at + 16),
                                    bytes.i64(at + 32),
                                    bytes.i64(at + 40),
                                    bytes.i64(at + 48))
                            : new ElfSegment(
                                    bytes.i32(at),
                                    bytes.i32(at + 24),
                                    bytes.u32(at + 4),
                                    bytes.u32(at + 8),
                                    bytes.u32(at + 16),
                                    bytes.u32(at + 20),
                                    bytes.u32(at + 28)));
        }
        return List.copyOf(found);
    }

    /** In the order of the file; the first is none, others name it by its index 0. */
    static List<ElfSection> sections(ElfBytes bytes, ElfHeader header) {
        var unnamed = new ArrayList<ElfSection>();
        var names = new ArrayList<Long>();
        int size = bytes.wide() ? 64 : 40;
        for (int i = 0; i < header.sectionCount(); i++) {
            long at = header.sections() + (long) i * size;
            names.add(bytes.u32(at));
            unnamed.add(section(bytes, at));
        }
        if (header.names() == 0) {
            return List.copyOf(unnamed);
        }
        var table = unnamed.get(header.names());
        var texts = bytes.of(bytes.slice(table.offset(), table.size(), "the table of section names"));
        var found = new ArrayList<ElfSection>();
        long budget = MOST_NAMES;
        for (int i = 0; i < unnamed.size(); i++) {
            var name = texts.text(names.get(i));
            budget -= name.length();
            if (budget < 0) {
                throw new ElfFormatException("has sections with names of more than " + MOST_NAMES + " bytes");
            }
            found.add(named(name, unnamed.get(i)));
        }
        return List.copyOf(found);
    }

    private static ElfSection section(ElfBytes bytes, long at) {
        int word = bytes.wordSize();
        long middle = at + 8 + 4L * word;
        return new ElfSection(
                "",
                bytes.i32(at + 4),
                bytes.word(at + 8),
                bytes.word(at + 8 + word),
                bytes.word(at + 8 + 2L * word),
                bytes.word(at + 8 + 3L * word),
                bytes.i32(middle),
                bytes.word(middle + 8 + word),
                bytes.word(middle + 8));
    }

    private static ElfSection named(String name, ElfSection from) {
        return new ElfSection(
                name,
                from.type(),
                from.flags(),
                from.address(),
                from.offset(),
                from.size(),
                from.link(),
                from.entrySize(),
                from.alignment());
    }
}
