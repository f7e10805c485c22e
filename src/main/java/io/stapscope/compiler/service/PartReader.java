package io.stapscope.compiler.service;

import io.stapscope.compiler.service.Part.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the beginning of a text into parts. Unlike the compiler's own reader it has no errors: the end of the text is where
 * somebody is typing.
 */
final class PartReader {
    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    private PartReader(String text) {
        this.text = text;
    }

    static List<Part> read(String text) {
        var reader = new PartReader(text);
        while (reader.at < text.length()) {
            reader.next();
        }
        return reader.parts;
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '#' || text.startsWith("//", at)) {
            skipTo("\n");
        } else if (text.startsWith("/*", at)) {
            skipTo("*/");
        } else if (text.startsWith("%{", at)) {
            skipTo("%}");
        } else if (c == '"') {
            string();
        } else if (isDigit(c)) {
            word(Kind.NUMBER);
        } else if (isWord(c) || c == '@') {
            word(Kind.WORD);
        } else {
            int length = text.startsWith("->", at) || text.startsWith("%(", at) || text.startsWith("%)", at) ? 2 : 1;
            add(Kind.SIGN, at, at + length);
        }
    }

    private void skipTo(String end) {
        int start = at;
        int found = text.indexOf(end, at);
        if (found < 0) {
            add(Kind.OPEN_COMMENT, start, text.length());
        } else {
            at = found + end.length();
        }
    }

    private void string() {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= text.length()) {
            add(Kind.OPEN_STRING, at, text.length());
        } else {
            // A line end closes a string that nobody closed.
            add(Kind.STRING, at, text.charAt(i) == '"' ? i + 1 : i);
        }
    }

    private void word(Kind kind) {
        int i = at + 1;
        while (i < text.length() && (isWord(text.charAt(i)) || isDigit(text.charAt(i)))) {
            i++;
        }
        add(kind, at, i);
    }

    private void add(Kind kind, int start, int end) {
        parts.add(new Part(kind, start, end));
        at = end;
    }

    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
