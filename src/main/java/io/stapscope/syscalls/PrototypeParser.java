package io.stapscope.syscalls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the lines of {@code calls.txt} and {@code structures.txt}. */
final class PrototypeParser {
    private final Constants constants;
    private final Kinds kinds;

    PrototypeParser(Constants constants) {
        this.constants = constants;
        kinds = new Kinds(constants);
        Resources.lines("structures.txt").forEach(this::structure);
    }

    private void structure(String line) {
        int open = line.indexOf('(');
        var members = new ArrayList<Structure.Member>();
        int next = 0;
        int alignment = 1;
        for (var text : split(line.substring(open + 1, line.lastIndexOf(')')))) {
            int colon = text.indexOf(':');
            var words = text.substring(colon + 1).split(" @ ");
            var kind = kinds.member(words[0].replace(" ?", ""));
            boolean optional = words[0].endsWith(" ?");
            int offset = words.length > 1 ? Integer.parseInt(words[1]) : align(next, kind.alignment());
            members.add(new Structure.Member(text.substring(0, colon), kind, offset, optional));
            next = Math.max(next, offset + kind.size());
            alignment = Math.max(alignment, words.length > 1 ? 1 : kind.alignment());
        }
        kinds.define(line.substring(0, open), new Structure(List.copyOf(members), align(next, alignment), alignment));
    }

    private static int align(int offset, int to) {
        return (offset + to - 1) / to * to;
    }

    /** Of the call that a line of {@code calls.txt} tells about. */
    static String name(String line) {
        int end = line.indexOf('(');
        int bracket = line.indexOf('[');
        return line.substring(0, bracket >= 0 && bracket < end ? bracket : end);
    }

    Prototype prototype(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        var head = line.substring(0, open);
        var parts = split(line.substring(open + 1, close));
        var names =
                parts.stream().map(part -> part.substring(0, part.indexOf(':'))).toList();
        var arguments = new ArrayList<Argument>();
        for (int i = 0; i < parts.size(); i++) {
            arguments.add(argument(parts.get(i), i, names));
        }
        int bracket = head.indexOf('[');
        Optional<Argument.Condition> applies = bracket < 0
                ? Optional.empty()
                : Optional.of(condition(head.substring(bracket + 1, head.length() - 1), names));
        var returns =
                ReturnKind.valueOf(line.substring(line.indexOf(':', close) + 2).toUpperCase(Locale.ROOT));
        return new Prototype(bracket < 0 ? head : head.substring(0, bracket), applies, List.copyOf(arguments), returns);
    }

    private Argument argument(String text, int index, List<String> names) {
        int colon = text.indexOf(':');
        var words = text.substring(colon + 1).split(" if ");
        Argument.@Nullable Condition condition = words.length > 1 ? condition(words[1], names) : null;
        return new Argument(text.substring(0, colon), index, kinds.argument(words[0], names), condition);
    }

    /** {@code ARGUMENT = NAME|NAME} or {@code ARGUMENT & NAME|NAME}; a plus stands for a bar within a name. */
    private Argument.Condition condition(String text, List<String> names) {
        boolean bits = text.contains("&");
        var sides = text.split(bits ? "&" : "=");
        var values = Arrays.stream(sides[1].strip().split("\\|"))
                .map(name -> name.replace('+', '|'))
                .map(name -> constants.find(name).orElseThrow(() -> new IllegalStateException("no constant " + name)))
                .toList();
        int index = names.indexOf(sides[0].strip());
        if (index < 0) {
            throw new IllegalStateException("no argument of this name: " + text);
        }
        return new Argument.Condition(index, bits, values);
    }

    private static List<String> split(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(", "));
    }
}
