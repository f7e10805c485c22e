package io.stapscope.compiler.regex;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The twelve classes of POSIX in the C locale. */
final class CharacterClasses {
    private static final Map<String, BitSet> ALL = new LinkedHashMap<>();

    static {
        IntPredicate upper = c -> c >= 'A' && c <= 'Z';
        IntPredicate lower = c -> c >= 'a' && c <= 'z';
        IntPredicate digit = c -> c >= '0' && c <= '9';
        var alnum = upper.or(lower).or(digit);
        IntPredicate graph = c -> c > ' ' && c < 0x7F;
        put("alpha", upper.or(lower));
        put("digit", digit);
        put("alnum", alnum);
        put("upper", upper);
        put("lower", lower);
        put("space", c -> c == ' ' || c >= '\t' && c <= '\r');
        put("blank", c -> c == ' ' || c == '\t');
        put("punct", graph.and(alnum.negate()));
        put("print", c -> c >= ' ' && c < 0x7F);
        put("graph", graph);
        put("cntrl", c -> c < ' ' || c == 0x7F);
        put("xdigit", digit.or(c -> c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'));
    }

    private CharacterClasses() {}

    static @Nullable BitSet find(String name) {
        return ALL.get(name);
    }

    static String names() {
        return String.join(" ", ALL.keySet());
    }

    private static void put(String name, IntPredicate predicate) {
        var bytes = new BitSet(256);
        for (int c = 1; c < 256; c++) {
            bytes.set(c, predicate.test(c));
        }
        ALL.put(name, bytes);
    }
}
