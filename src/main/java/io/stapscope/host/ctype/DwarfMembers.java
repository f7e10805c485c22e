package io.stapscope.host.ctype;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DieReader;
import io.stapscope.debuginfo.dwarf.DwarfAttribute;
import io.stapscope.debuginfo.dwarf.DwarfTag;
import io.stapscope.debuginfo.dwarf.LocationAttribute;
import io.stapscope.host.ctype.CType.Constant;
import io.stapscope.host.ctype.CType.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** What structs and enumerations consist of. */
final class DwarfMembers {
    private static final int PLUS_CONSTANT = 0x23;

    private DwarfMembers() {}

    /** @param type gives the type of an entry */
    static List<Member> ofStruct(DieReader reader, long struct, LongFunction<CType> type) {
        var found = new ArrayList<Member>();
        reader.moveTo(struct);
        boolean open = reader.hasChildren();
        while (open && found.size() < CType.MAX_MEMBERS && reader.next()) {
            switch (reader.tag()) {
                case DwarfTag.MEMBER -> {
                    if (!reader.flag(DwarfAttribute.EXTERNAL) && !reader.flag(DwarfAttribute.DECLARATION)) {
                        add(reader, reader.text(DwarfAttribute.NAME), type, found);
                    }
                }
                // What a class inherits can be named as if it were its own.
                case DwarfTag.INHERITANCE -> add(reader, "", type, found);
                default -> {}
            }
            reader.skipChildren();
        }
        return List.copyOf(found);
    }

    private static void add(DieReader reader, String name, LongFunction<CType> types, List<Member> found) {
        var offset = offset(reader);
        if (offset.isEmpty()) {
            return;
        }
        var type = types.apply(reader.reference(DwarfAttribute.TYPE));
        int width = (int) reader.number(DwarfAttribute.BIT_SIZE, 0);
        if (width <= 0 || width > Long.SIZE) {
            found.add(new Member(name, type, offset.getAsLong(), 0, 0));
            return;
        }
        long bits = offset.getAsLong() * Byte.SIZE;
        if (reader.has(DwarfAttribute.DATA_BIT_OFFSET)) {
            bits += reader.number(DwarfAttribute.DATA_BIT_OFFSET, 0);
        } else if (reader.has(DwarfAttribute.BIT_OFFSET)) {
            // Up to version 3 bits were counted from the highest one of the unit that holds them.
            long unit = reader.number(DwarfAttribute.BYTE_SIZE, type.size());
            bits += unit * Byte.SIZE - reader.number(DwarfAttribute.BIT_OFFSET, 0) - width;
        }
        found.add(BitFields.member(name, type, bits, width));
    }

    /** Byte of the struct; empty when only the running program knows. */
    private static OptionalLong offset(DieReader reader) {
        if (!reader.has(DwarfAttribute.DATA_MEMBER_LOCATION)) {
            return OptionalLong.of(0);
        }
        if (reader.isNumber(DwarfAttribute.DATA_MEMBER_LOCATION)) {
            return OptionalLong.of(reader.number(DwarfAttribute.DATA_MEMBER_LOCATION, 0));
        }
        if (reader.location(DwarfAttribute.DATA_MEMBER_LOCATION) instanceof LocationAttribute.Expression(var bytes)) {
            var cursor = new Cursor(bytes, "the place of a member");
            if (cursor.hasRemaining() && cursor.u8() == PLUS_CONSTANT) {
                long offset = cursor.uleb();
                return cursor.hasRemaining() ? OptionalLong.empty() : OptionalLong.of(offset);
            }
        }
        return OptionalLong.empty();
    }

    static List<Constant> ofEnumeration(DieReader reader, long enumeration) {
        var found = new ArrayList<Constant>();
        reader.moveTo(enumeration);
        boolean open = reader.hasChildren();
        while (open && found.size() < CType.MAX_MEMBERS && reader.next()) {
            if (reader.tag() == DwarfTag.ENUMERATOR) {
                found.add(new Constant(reader.text(DwarfAttribute.NAME), reader.number(DwarfAttribute.CONST_VALUE, 0)));
            }
            reader.skipChildren();
        }
        return List.copyOf(found);
    }
}
