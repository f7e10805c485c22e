package io.stapscope.debuginfo.dwarf;

import org.jspecify.annotations.Nullable;

/**
 * What the units offer by name, found in one pass over their outermost entries and those of namespaces. A name stays the
 * number of a text, an entry the number of its place: nothing is made for an entry.
 */
final class DwarfIndex {
    private static final int MAX_NAMESPACES = 16;

    /** Functions that are defined, copies and completions of others too. */
    final Columns functions = new Columns();

    final Columns variables = new Columns();
    /** Named types that are complete. */
    final Columns types = new Columns();
    /** Enumerations, named or not. */
    final LongList enumerations = new LongList();

    private @Nullable String remark;

    DwarfIndex(DwarfFile file, Unit[] units) {
        var reader = file.reader();
        for (var unit : units) {
            try {
                reader.moveTo(unit);
                if (reader.hasChildren()) {
                    level(reader, unit.space() != DieSpace.SUPPLEMENT, 0);
                }
            } catch (DwarfFormatException e) {
                note(unit, e);
            }
        }
    }

    /** Entries of one kind: number, key of the name, key of the name for linkers, what it stands for, tag. */
    static final class Columns {
        final LongList dies = new LongList();
        final LongList names = new LongList();
        final LongList linkageNames = new LongList();
        final LongList origins = new LongList();
        final LongList tags = new LongList();

        int size() {
            return dies.size();
        }

        void add(DieReader reader, long name, long origin) {
            dies.add(reader.die());
            names.add(name);
            linkageNames.add(reader.linkageKey());
            origins.add(origin);
            tags.add(reader.tag());
        }
    }

    /** Why the first unit that is not read to its end is not; null when all are. */
    @Nullable
    String remark() {
        return remark;
    }

    private void note(Unit unit, DwarfFormatException problem) {
        if (remark == null) {
            remark = "a unit at 0x" + Long.toHexString(unit.header().offset()) + " of " + unit.space().section + ": "
                    + problem.getMessage();
        }
    }

    private void level(DieReader reader, boolean code, int depth) {
        while (reader.next()) {
            switch (reader.tag()) {
                case DwarfTag.SUBPROGRAM -> {
                    if (code) {
                        addDefinition(reader, functions);
                    }
                }
                case DwarfTag.VARIABLE -> {
                    if (code) {
                        addDefinition(reader, variables);
                    }
                }
                case DwarfTag.STRUCTURE_TYPE,
                        DwarfTag.CLASS_TYPE,
                        DwarfTag.INTERFACE_TYPE,
                        DwarfTag.UNION_TYPE,
                        DwarfTag.ENUMERATION_TYPE,
                        DwarfTag.TYPEDEF,
                        DwarfTag.BASE_TYPE -> addType(reader);
                case DwarfTag.NAMESPACE, DwarfTag.MODULE -> {
                    if (reader.hasChildren() && depth < MAX_NAMESPACES) {
                        level(reader, code, depth + 1);
                        continue;
                    }
                }
                default -> {}
            }
            reader.skipChildren();
        }
    }

    private static void addDefinition(DieReader reader, Columns columns) {
        if (!reader.flag(DwarfAttribute.DECLARATION)) {
            long name = reader.textKey(DwarfAttribute.NAME);
            long origin = reader.origin();
            if (name != 0 || origin != 0) {
                columns.add(reader, name, origin);
            }
        }
    }

    private void addType(DieReader reader) {
        if (reader.flag(DwarfAttribute.DECLARATION)) {
            return;
        }
        if (reader.tag() == DwarfTag.ENUMERATION_TYPE) {
            enumerations.add(reader.die());
        }
        long name = reader.textKey(DwarfAttribute.NAME);
        if (name != 0) {
            types.dies.add(reader.die());
            types.names.add(name);
            types.tags.add(reader.tag());
        }
    }
}
