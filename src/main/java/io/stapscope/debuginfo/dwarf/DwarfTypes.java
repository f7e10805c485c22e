package io.stapscope.debuginfo.dwarf;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Types and constants of a program by their names. */
public final class DwarfTypes {
    private final DwarfFile file;
    private final DwarfIndex index;
    private final HashChains byName;

    DwarfTypes(DwarfFile file, DwarfIndex index) {
        this.file = file;
        this.index = index;
        var texts = file.texts();
        var names = index.types.names;
        byName = new HashChains(names.size(), i -> texts.hash(names.get(i)));
    }

    /** The first complete type of a kind and name; 0 when there is none. */
    public long find(TypeKind kind, String name) {
        return find(kind, name, _ -> true);
    }

    /** The first complete type of a kind and name that fits; 0 when there is none. */
    public long find(TypeKind kind, String name, LongPredicate fits) {
        var text = name.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = byName.first(DwarfTexts.hash(text)); i >= 0; i = byName.next(i)) {
            if (kind.holds((int) index.types.tags.get(i))
                    && file.texts().equals(index.types.names.get(i), text)
                    && fits.test(index.types.dies.get(i))) {
                return index.types.dies.get(i);
            }
        }
        return 0;
    }

    /** Value of a constant of any enumeration; the first of several counts. */
    public OptionalLong enumerator(String name) {
        var text = name.getBytes(StandardCharsets.ISO_8859_1);
        var reader = file.reader();
        long budget = file.size();
        for (int i = 0; i < index.enumerations.size(); i++) {
            reader.moveTo(index.enumerations.get(i));
            boolean open = reader.hasChildren();
            while (open && budget-- > 0 && reader.next()) {
                if (reader.tag() == DwarfTag.ENUMERATOR
                        && file.texts().equals(reader.textKey(DwarfAttribute.NAME), text)) {
                    return OptionalLong.of(reader.number(DwarfAttribute.CONST_VALUE, 0));
                }
                reader.skipChildren();
            }
        }
        return OptionalLong.empty();
    }
}
