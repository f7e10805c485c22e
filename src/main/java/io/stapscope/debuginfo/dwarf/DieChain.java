package io.stapscope.debuginfo.dwarf;

/**
 * An entry, and what it is a copy or completion of: attributes are those of the first that has them. A copy of inlined code
 * names its abstract function, and that one its declaration in a class.
 */
final class DieChain {
    private static final int MAX_LENGTH = 8;

    private final DieReader reader;

    DieChain(DieReader reader) {
        this.reader = reader;
    }

    /** Moves the reader to the first entry from this one on that has an attribute; false when none has. */
    boolean find(long die, int attribute) {
        long current = die;
        for (int i = 0; current != 0 && i < MAX_LENGTH; i++) {
            reader.moveTo(current);
            if (reader.has(attribute)) {
                return true;
            }
            current = reader.origin();
        }
        return false;
    }

    /** What an entry stands for in the end: itself when it is nobody's copy. */
    long root(long die) {
        long current = die;
        for (int i = 0; i < MAX_LENGTH; i++) {
            reader.moveTo(current);
            long origin = reader.origin();
            if (origin == 0) {
                return current;
            }
            current = origin;
        }
        throw new DwarfFormatException("entries that stand for each other without end");
    }

    String text(long die, int attribute) {
        return find(die, attribute) ? reader.text(attribute) : "";
    }

    long nameKey(long die) {
        return find(die, DwarfAttribute.NAME) ? reader.textKey(DwarfAttribute.NAME) : 0;
    }

    long linkageKey(long die) {
        if (find(die, DwarfAttribute.LINKAGE_NAME) || find(die, DwarfAttribute.MIPS_LINKAGE_NAME)) {
            return reader.linkageKey();
        }
        return 0;
    }

    boolean flag(long die, int attribute) {
        return find(die, attribute) && reader.flag(attribute);
    }

    /** The type that an entry names; 0 for void, and when it names none. */
    long type(long die) {
        return find(die, DwarfAttribute.TYPE) ? reader.reference(DwarfAttribute.TYPE) : 0;
    }

    Declaration declaration(long die) {
        int line = find(die, DwarfAttribute.DECL_LINE) ? (int) reader.number(DwarfAttribute.DECL_LINE, 0) : 0;
        if (find(die, DwarfAttribute.DECL_FILE)) {
            return new Declaration(reader.unit(), (int) reader.number(DwarfAttribute.DECL_FILE, 0), line);
        }
        reader.moveTo(die);
        return new Declaration(reader.unit(), 0, line);
    }

    /** The location, or the constant value. */
    LocationAttribute location(long die) {
        if (find(die, DwarfAttribute.LOCATION)) {
            return reader.location(DwarfAttribute.LOCATION);
        }
        return find(die, DwarfAttribute.CONST_VALUE) ? reader.constant() : LocationAttribute.NONE;
    }
}
