package io.stapscope.host.ctype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads the name of a type as C and scripts write it. */
final class WrittenType {
    private static final Pattern SHAPE = Pattern.compile(
            "\\s*([A-Za-z_][\\w\\s]*?)\\s*((?:\\*\\s*(?:const\\s*|volatile\\s*)?)*)((?:\\[\\d{1,9}]\\s*)*)");
    private static final Pattern COUNT = Pattern.compile("\\d+");
    private static final List<String> NUMBER_WORDS =
            List.of("unsigned", "signed", "char", "short", "int", "long", "_Bool", "bool");

    private final BiFunction<Names, String, Optional<CType>> named;
    private final int pointerSize;

    /** What a name can be of. */
    enum Names {
        STRUCT,
        UNION,
        ENUM,
        /** Of a typedef, or of a number that has no words of C. */
        PLAIN
    }

    /**
     * Names as one program means them.
     *
     * @param named finds a type by its kind and name
     * @param pointerSize bytes of a pointer, and of a long
     */
    WrittenType(BiFunction<Names, String, Optional<CType>> named, int pointerSize) {
        this.named = named;
        this.pointerSize = pointerSize;
    }

    Optional<CType> parse(String written) {
        var shape = SHAPE.matcher(written);
        if (!shape.matches()) {
            return Optional.empty();
        }
        var words = new ArrayList<>(List.of(shape.group(1).trim().split("\\s+")));
        words.removeIf(word -> word.equals("const") || word.equals("volatile"));
        var type = base(words);
        for (long stars = shape.group(2).chars().filter(c -> c == '*').count(); stars > 0; stars--) {
            type = type.map(target -> CType.pointerTo(target, pointerSize));
        }
        var counts = COUNT.matcher(shape.group(3))
                .results()
                .map(found -> Long.parseLong(found.group()))
                .toList();
        for (var count : counts.reversed()) {
            type = type.map(element -> new CType.Array(element.name() + "[" + count + "]", element, count));
        }
        return type;
    }

    private Optional<CType> base(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (NUMBER_WORDS.containsAll(words)) {
            return Optional.of(number(words));
        }
        var last = words.getLast();
        if (words.size() == 1) {
            return last.equals("void") ? Optional.of(new CType.Incomplete("void", "void")) : anyOf(last);
        }
        if (words.size() > 2) {
            return Optional.empty();
        }
        return switch (words.getFirst()) {
            case "struct", "class" -> named.apply(Names.STRUCT, last);
            case "union" -> named.apply(Names.UNION, last);
            case "enum" -> named.apply(Names.ENUM, last);
            default -> Optional.empty();
        };
    }

    /** Scripts may leave out {@code struct}. */
    private Optional<CType> anyOf(String name) {
        return named.apply(Names.PLAIN, name)
                .or(() -> named.apply(Names.STRUCT, name))
                .or(() -> named.apply(Names.UNION, name))
                .or(() -> named.apply(Names.ENUM, name));
    }

    private CType number(List<String> words) {
        var name = String.join(" ", words);
        boolean unsigned = words.contains("unsigned");
        if (words.contains("_Bool") || words.contains("bool")) {
            return new CType.Int(name, 1, false, CType.IntKind.BOOLEAN);
        }
        if (words.contains("char")) {
            var kind = words.contains("signed") ? CType.IntKind.NUMBER : CType.IntKind.CHARACTER;
            return new CType.Int(name, 1, !unsigned, kind);
        }
        int size = words.contains("short") ? Short.BYTES : words.contains("long") ? longSize(words) : Integer.BYTES;
        return CType.number(name, size, !unsigned);
    }

    private int longSize(List<String> words) {
        return words.indexOf("long") == words.lastIndexOf("long") ? pointerSize : Long.BYTES;
    }
}
