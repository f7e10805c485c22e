package io.stapscope.debuginfo.dwarf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The global variables of a program and of its files. */
public final class DwarfVariables {
    private final DwarfFile file;
    private final DwarfIndex.Columns columns;

    DwarfVariables(DwarfFile file, DwarfIndex index) {
        this.file = file;
        this.columns = index.variables;
    }

    /** Variables of one name, in the order of the units. */
    public List<DwarfVariable> named(String name) {
        var text = name.getBytes(StandardCharsets.ISO_8859_1);
        return select(key -> key != 0 && file.texts().equals(key, text));
    }

    /** Variables whose name fits, in the order of the units. */
    public List<DwarfVariable> find(Predicate<String> name) {
        return select(key -> key != 0 && name.test(file.texts().text(key)));
    }

    private List<DwarfVariable> select(Predicate<Long> fits) {
        var found = new ArrayList<DwarfVariable>();
        var reader = file.reader();
        var chain = new DieChain(reader);
        for (int i = 0; i < columns.size(); i++) {
            long die = columns.dies.get(i);
            long key = columns.names.get(i);
            if (fits.test(key != 0 ? key : chain.nameKey(die))) {
                found.add(DwarfVariable.read(reader, die));
            }
        }
        return found;
    }
}
