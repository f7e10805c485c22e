package io.stapscope.debuginfo.elf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table of symbols with its names. */
final class SymbolTable {
    private final ElfBytes entries;
    private final ElfBytes names;
    private final int entrySize;

    /** @param names where the names of the entries are */
    SymbolTable(ElfBytes entries, ElfBytes names) {
        this.entries = entries;
        this.names = names;
        entrySize = entries.wide() ? 24 : 16;
    }

    int count() {
        return entries.size() / entrySize;
    }

    /** All but the first, which is none. */
    List<ElfSymbol> read() {
        var found = new ArrayList<ElfSymbol>(count());
        // Entries may share a name or its end, but not so that a small file makes us hold a large heap of letters.
        long budget = 65_536 + 2L * names.size() + 64L * count();
        for (int i = 1; i < count(); i++) {
            var symbol = at(i);
            budget -= symbol.name().length();
            if (budget < 0) {
                throw new ElfFormatException("has symbols whose names are more bytes than it holds");
            }
            found.add(symbol);
        }
        return found;
    }

    /** The name of an entry; null when there is no such entry. */
    @Nullable
    String name(long index) {
        return index <= 0 || index >= count() ? null : withoutVersion(names.text(entries.u32(index * entrySize)));
    }

    private ElfSymbol at(int index) {
        long at = (long) index * entrySize;
        boolean wide = entries.wide();
        int info = entries.u8(at + (wide ? 4 : 12));
        return new ElfSymbol(
                withoutVersion(names.text(entries.u32(at))),
                entries.word(at + (wide ? 8 : 4)),
                entries.word(at + (wide ? 16 : 8)),
                info & 0xf,
                info >>> 4,
                entries.u16(at + (wide ? 6 : 14)));
    }

    private static String withoutVersion(String name) {
        int version = name.indexOf('@');
        return version > 0 ? name.substring(0, version) : name;
    }
}
