package io.stapscope.capture.backend;

import java.util.regex.Pattern;

/**
 * The shape of a query: literals and parameters are {@code ?}, comments are gone, white space is one space, lists of literals
 * are one, and it is never longer than {@value #LONGEST} characters. So values, which may be secrets, are never in it.
 *
 * <pre>
 * select * from t where a IN (1, 2,3) and b = E'it\'s' -- now
 *   -> select * from t where a IN (?) and b = ?
 * </pre>
 *
 * The words are those of PostgreSQL's own scanner (src/backend/parser/scan.l) with standard_conforming_strings on. A text that
 * the server cut off may end inside a literal or a comment: what is inside stays out.
 */
final class Fingerprint {
    /** Characters, the sign that it was cut included. */
    static final int LONGEST = 200;

    private static final Pattern LIST = Pattern.compile("(?i)\\b(?:in|array) ?[(\\[] ?\\?");
    private static final Pattern ROW = Pattern.compile("(?i)\\bvalues ?(\\([^()]*\\))");

    private final String query;
    private final StringBuilder shape = new StringBuilder();
    private int at;

    private Fingerprint(String query) {
        this.query = query;
    }

    static String of(String query) {
        var scanned = new Fingerprint(query);
        scanned.scan();
        var shape = scanned.shape.toString().strip();
        while (shape.endsWith(";")) {
            shape = shape.substring(0, shape.length() - 1).strip();
        }
        return bounded(rows(lists(shape)));
    }

    /** {@code in (?, ?)} -> {@code in (?)}; a list with anything else in it stays. */
    private static String lists(String shape) {
        var found = LIST.matcher(shape);
        var lists = new StringBuilder();
        int from = 0;
        while (found.find(from)) {
            int end = afterAll(shape, found.end(), "?");
            end = end < shape.length() && shape.charAt(end) == ' ' ? end + 1 : end;
            boolean whole = end < shape.length() && (shape.charAt(end) == ')' || shape.charAt(end) == ']');
            lists.append(shape, from, found.end());
            from = whole ? end : found.end();
        }
        return lists.append(shape, from, shape.length()).toString();
    }

    /** {@code values (?, ?), (?, ?)} -> {@code values (?, ?)}: rows that follow the first and are like it are left out. */
    private static String rows(String shape) {
        var found = ROW.matcher(shape);
        var rows = new StringBuilder();
        int from = 0;
        while (found.find(from)) {
            rows.append(shape, from, found.end());
            from = afterAll(shape, found.end(), found.group(1));
        }
        return rows.append(shape, from, shape.length()).toString();
    }

    /** The place after all that is the same, with commas between. */
    private static int afterAll(String text, int from, String same) {
        int end = from;
        while (true) {
            int next = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
            if (next >= text.length() || text.charAt(next) != ',') {
                return end;
            }
            next++;
            next = next < text.length() && text.charAt(next) == ' ' ? next + 1 : next;
            if (!text.startsWith(same, next)) {
                return end;
            }
            end = next + same.length();
        }
    }

    private static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private void scan() {
        while (at < query.length()) {
            char c = query.charAt(at);
            if (c == '\'') {
                literal(false);
            } else if (c == '"') {
                keep(closing('"', false));
            } else if (Character.isWhitespace(c)) {
                at++;
                space();
            } else if (query.startsWith("--", at)) {
                lineComment();
            } else if (query.startsWith("/*", at)) {
                blockComment();
            } else if (query.startsWith("..", at)) {
                keep(at + 2);
            } else if (c == '$') {
                dollar();
            } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
                number();
            } else if (isIdentifierStart(c)) {
                word();
            } else {
                keep(at + 1);
            }
        }
    }

    private void word() {
        int end = at + 1;
        while (end < query.length() && isIdentifierPart(query.charAt(end))) {
            end++;
        }
        char first = Character.toLowerCase(query.charAt(at));
        boolean single = end == at + 1;
        boolean quoted = end < query.length() && query.charAt(end) == '\'';
        if (single && quoted && "ebxn".indexOf(first) >= 0) {
            at = end;
            literal(first == 'e');
        } else if (single && first == 'u' && query.startsWith("&'", end)) {
            at = end + 1;
            literal(false);
        } else {
            keep(end);
        }
    }

    /** A text in single quotes, with those that follow it on other lines and belong to it. */
    private void literal(boolean escapes) {
        at = closing('\'', escapes);
        int next = continuation();
        while (next >= 0) {
            at = next;
            at = closing('\'', escapes);
            next = continuation();
        }
        placeholder();
    }

    /** Where the next part of a text begins, -1 when there is none: {@code 'a'} line end {@code 'b'} is one text. */
    private int continuation() {
        int next = at;
        boolean line = false;
        while (next < query.length() && Character.isWhitespace(query.charAt(next))) {
            line |= query.charAt(next) == '\n' || query.charAt(next) == '\r';
            next++;
        }
        return line && next < query.length() && query.charAt(next) == '\'' ? next : -1;
    }

    /** The place after the quote that ends what begins here; a doubled quote, or an escaped one, does not. */
    private int closing(char quote, boolean escapes) {
        int end = at + 1;
        while (end < query.length()) {
            char c = query.charAt(end);
            if (escapes && c == '\\') {
                end += 2;
            } else if (c != quote) {
                end++;
            } else if (end + 1 < query.length() && query.charAt(end + 1) == quote) {
                end += 2;
            } else {
                return end + 1;
            }
        }
        return query.length();
    }

    /** {@code $1}, {@code $$text$$}, {@code $tag$text$tag$}, or only a sign. */
    private void dollar() {
        int end = at + 1;
        if (end < query.length() && isDigit(query.charAt(end))) {
            while (end < query.length() && isDigit(query.charAt(end))) {
                end++;
            }
            at = end;
            placeholder();
            return;
        }
        if (end < query.length() && isIdentifierStart(query.charAt(end))) {
            while (end < query.length() && isIdentifierPart(query.charAt(end)) && query.charAt(end) != '$') {
                end++;
            }
        }
        if (end >= query.length() || query.charAt(end) != '$') {
            keep(at + 1);
            return;
        }
        var tag = query.substring(at, end + 1);
        int close = query.indexOf(tag, end + 1);
        at = close < 0 ? query.length() : close + tag.length();
        placeholder();
    }

    /** {@code 12}, {@code 1_000}, {@code 1.5e-3}, {@code .5}, {@code 0x1F}; letters that follow belong to it. */
    private void number() {
        while (at < query.length()) {
            char c = query.charAt(at);
            boolean sign = (c == '+' || c == '-') && "eE".indexOf(query.charAt(at - 1)) >= 0 && isDigit(peek(1));
            // Two dots stand between the bounds of a loop: 1..10.
            boolean point = c == '.' && peek(1) != '.';
            if (!isIdentifierPart(c) && !point && !sign) {
                break;
            }
            at++;
        }
        placeholder();
    }

    private void lineComment() {
        while (at < query.length() && query.charAt(at) != '\n' && query.charAt(at) != '\r') {
            at++;
        }
        space();
    }

    /** Comments of this kind hold others. */
    private void blockComment() {
        int depth = 0;
        do {
            if (query.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (query.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < query.length());
        space();
    }

    private void placeholder() {
        shape.append('?');
    }

    private void space() {
        if (!shape.isEmpty() && shape.charAt(shape.length() - 1) != ' ') {
            shape.append(' ');
        }
    }

    private void keep(int end) {
        shape.append(query, at, end);
        at = end;
    }

    private char peek(int distance) {
        return at + distance < query.length() ? query.charAt(at + distance) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifierStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    private static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c) || isDigit(c) || c == '$';
    }
}
