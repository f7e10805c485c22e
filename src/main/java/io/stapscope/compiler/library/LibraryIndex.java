package io.stapscope.compiler.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each file of the library declares, as its {@code index} tells: a line with the name of a file, then indented lines
 * with a {@link Kind} and names. So a script makes us read only the files that it reaches.
 */
final class LibraryIndex {
    /** What is declared. Macros are named with their at signs, aliases with dots. */
    enum Kind {
        FUNCTION,
        GLOBAL,
        ALIAS,
        MACRO
    }

    /** Names of one kind that a file declares, private ones too. */
    record Line(String file, Kind kind, List<String> names) {}

    private LibraryIndex() {}

    /** In the order of the text. A name that is declared twice, with other parameters, may stand twice. */
    static List<Line> read(String text) {
        var lines = new ArrayList<Line>();
        var file = "";
        for (var line : text.split("\n")) {
            if (line.startsWith(" ")) {
                var words = line.strip().split(" ");
                lines.add(new Line(file, kind(words[0]), Arrays.asList(words).subList(1, words.length)));
            } else if (!line.startsWith("#")) {
                file = line;
            }
        }
        return lines;
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "function" -> Kind.FUNCTION;
            case "global" -> Kind.GLOBAL;
            case "alias" -> Kind.ALIAS;
            case "macro" -> Kind.MACRO;
            default -> throw new IllegalStateException("the index of the library has a word it may not have: " + word);
        };
    }
}
