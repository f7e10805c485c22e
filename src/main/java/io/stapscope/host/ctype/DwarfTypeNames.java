package io.stapscope.host.ctype;

import io.stapscope.debuginfo.dwarf.DieReader;
import io.stapscope.debuginfo.dwarf.DwarfAttribute;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.DwarfTag;

/** Prints a type as C would, near enough to recognise it: {@code const struct point *}. */
final class DwarfTypeNames {
    private static final int MAX_DEPTH = 32;

    private final DieReader reader;

    DwarfTypeNames(DieReader reader) {
        this.reader = reader;
    }

    /** @param die of the type; 0 for void */
    String print(long die) {
        return print(die, 0);
    }

    private String print(long die, int depth) {
        if (die == 0) {
            return "void";
        }
        if (depth > MAX_DEPTH) {
            throw new DwarfFormatException("a type is nested without end");
        }
        reader.moveTo(die);
        var name = reader.text(DwarfAttribute.NAME);
        long target = reader.reference(DwarfAttribute.TYPE);
        return switch (reader.tag()) {
            case DwarfTag.STRUCTURE_TYPE -> tagged("struct", name);
            case DwarfTag.CLASS_TYPE -> tagged("class", name);
            case DwarfTag.UNION_TYPE -> tagged("union", name);
            case DwarfTag.ENUMERATION_TYPE -> tagged("enum", name);
            case DwarfTag.POINTER_TYPE -> starred(print(target, depth + 1), "*");
            case DwarfTag.REFERENCE_TYPE -> starred(print(target, depth + 1), "&");
            case DwarfTag.RVALUE_REFERENCE_TYPE -> starred(print(target, depth + 1), "&&");
            case DwarfTag.ARRAY_TYPE -> array(die, target, depth + 1);
            case DwarfTag.CONST_TYPE -> qualified("const", print(target, depth + 1));
            case DwarfTag.VOLATILE_TYPE -> qualified("volatile", print(target, depth + 1));
            case DwarfTag.ATOMIC_TYPE -> qualified("_Atomic", print(target, depth + 1));
            case DwarfTag.RESTRICT_TYPE, DwarfTag.PACKED_TYPE, DwarfTag.IMMUTABLE_TYPE -> print(target, depth + 1);
            case DwarfTag.SUBROUTINE_TYPE, DwarfTag.SUBPROGRAM -> print(target, depth + 1) + " ()";
            default -> name.isEmpty() ? "{...}" : name;
        };
    }

    private static String tagged(String word, String name) {
        return name.isEmpty() ? word + " {...}" : word + " " + name;
    }

    private static String starred(String pointed, String star) {
        return pointed.endsWith("*") ? pointed + star : pointed + " " + star;
    }

    private static String qualified(String word, String plain) {
        if (plain.startsWith(word + " ") && plain.endsWith("]")) {
            // An array of constants is constant twice.
            return plain;
        }
        // A pointer that is itself constant carries the word behind the star.
        return plain.endsWith("*") ? plain + " " + word : word + " " + plain;
    }

    private String array(long die, long element, int depth) {
        var counts = new StringBuilder();
        for (long count : DwarfArrays.counts(reader, die)) {
            counts.append('[')
                    .append(count == 0 ? "" : Long.toUnsignedString(count))
                    .append(']');
        }
        return print(element, depth) + counts;
    }
}
