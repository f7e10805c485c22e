package io.stapscope.compiler.service;

import java.util.Locale;

/**
 * One thing that could be written at the cursor.
 *
 * @param label what a list shows
 * @param detail type or signature in a few words; may be empty
 * @param documentation one or two sentences; may be empty
 * @param apply the text to insert; <code>${word}</code> is a place to fill in
 */
public record Suggestion(String label, Kind kind, String detail, String documentation, String apply) {
    public enum Kind {
        PROBE,
        FUNCTION,
        VARIABLE,
        GLOBAL,
        CONTEXT,
        KEYWORD,
        OPERATOR,
        DIRECTIVE,
        MEMBER,
        TYPE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Suggestion plain(String label, Kind kind, String detail, String documentation) {
        return new Suggestion(label, kind, detail, documentation, label);
    }
}
