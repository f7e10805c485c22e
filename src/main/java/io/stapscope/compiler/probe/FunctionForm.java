package io.stapscope.compiler.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code function("...")}.
 *
 * @param name of a label or callee, a pattern perhaps; "" for neither
 */
record FunctionForm(Kind kind, boolean exported, String name) {
    private static final List<String> KNOWN = List.of(
            "call", "inline", "return", "exported", "callee(\"NAME\")", "callees", "label(\"NAME\")", "maxactive(N)");
    private static final int MOST_ACTIVE = 1 << 20;

    enum Kind {
        /** Where it is called, and where it is inlined. */
        ANY,
        CALL,
        INLINE,
        RETURN,
        LABEL,
        CALLEE
    }

    /** A form, or what is wrong. */
    sealed interface Outcome {
        record Read(FunctionForm form) implements Outcome {}

        record Failed(Resolution reason) implements Outcome {}
    }

    static Outcome read(WrittenPoint point, int from) {
        var kind = Kind.ANY;
        boolean exported = false;
        var name = "";
        for (int part = from; part < point.parts().size(); part++) {
            var word = point.word(part);
            if (word.equals("exported") && point.argument(part) == null) {
                exported = true;
                continue;
            }
            if (word.equals("maxactive")) {
                var number = point.number(part);
                if (kind != Kind.RETURN || number == null || number < 1 || number > MOST_ACTIVE) {
                    return failed(point.wrongArgument(
                            part,
                            "`maxactive` takes a number and stands behind .return",
                            "leave it out: any number of calls may be active"));
                }
                continue;
            }
            var next = kind(word);
            if (next == null || kind != Kind.ANY) {
                return failed(point.unknown(part, KNOWN));
            }
            kind = next;
            var wrong = argument(point, part, word);
            if (wrong != null) {
                return failed(wrong);
            }
            var literal = point.string(part);
            name = literal == null ? "*" : literal.text();
        }
        return new Outcome.Read(new FunctionForm(kind, exported, name));
    }

    private static @Nullable Kind kind(String word) {
        return switch (word) {
            case "call" -> Kind.CALL;
            case "inline" -> Kind.INLINE;
            case "return" -> Kind.RETURN;
            case "label" -> Kind.LABEL;
            case "callee", "callees" -> Kind.CALLEE;
            default -> null;
        };
    }

    private static @Nullable Resolution argument(WrittenPoint point, int part, String word) {
        boolean named = word.equals("label") || word.equals("callee");
        if (named) {
            return point.string(part) != null
                    ? null
                    : point.wrongArgument(
                            part, "`" + word + "` takes a name", "write " + word + "(\"name\") or " + word + "(\"*\")");
        }
        if (word.equals("callees") && point.argument(part) != null) {
            var depth = point.number(part);
            return depth != null && depth == 1
                    ? null
                    : point.wrongArgument(
                            part,
                            "`callees` looks one call deep: who called a caller is not known at a hit",
                            "write .callees, and probe those that it calls by a pattern of their names");
        }
        return point.argument(part) == null
                ? null
                : point.wrongArgument(part, "`" + word + "` takes no argument", "write ." + word);
    }

    private static Outcome failed(Resolution reason) {
        return new Outcome.Failed(reason);
    }
}
