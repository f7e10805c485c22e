package io.stapscope.compiler.service;

import io.stapscope.compiler.service.CursorPlace.Enclosing;
import io.stapscope.compiler.service.Part.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Finds out what is being written at the end of a text that may be broken everywhere. */
final class CursorScan {
    private static final Set<String> BEFORE_CHOICES = Set.of(".", ",", "=", "{", "probe");
    private static final Set<String> FORMATTING = Set.of("printf", "sprintf");

    private final String text;
    private final List<Part> parts;

    private String keyword = "";
    private int declaration;
    private int body;
    private int depth;

    /** Where the present probe point begins, and what of it stands before that. */
    private int point;

    private String head = "";
    private final Deque<String> heads = new ArrayDeque<>();
    private boolean condition;

    /** Names before open parentheses and brackets, with a comma for each value that is complete. */
    private final Deque<String> calls = new ArrayDeque<>();

    private CursorScan(String text) {
        this.text = text;
        this.parts = PartReader.read(text);
    }

    /** What is being written at {@code offset} of a text. */
    static CursorPlace at(String text, int offset) {
        return new CursorScan(text.substring(0, offset)).place();
    }

    private CursorPlace place() {
        for (int i = 0; i < parts.size(); i++) {
            if (i < parts.size() - 1 || !touches(parts.get(i))) {
                take(i);
            }
        }
        var last = parts.isEmpty() ? null : parts.getLast();
        if (last == null || !touches(last)) {
            return inside(text.length(), "");
        }
        return switch (last.kind()) {
            case OPEN_COMMENT, NUMBER -> isPoint() ? point() : new CursorPlace.Nothing(text.length());
            case OPEN_STRING -> string(last);
            case WORD -> inside(last.start(), last.in(text));
            case STRING, SIGN -> {
                take(parts.size() - 1);
                yield inside(text.length(), "");
            }
        };
    }

    private boolean touches(Part part) {
        return part.end() == text.length();
    }

    private CursorPlace inside(int from, String word) {
        if (depth > 0) {
            var enclosing = new Enclosing(keyword, declaration, body);
            return isAfterArrow(from)
                    ? new CursorPlace.Member(from, word, enclosing)
                    : new CursorPlace.Body(from, word, enclosing);
        }
        if (isPoint()) {
            return condition ? new CursorPlace.Condition(from, word) : point();
        }
        return switch (keyword) {
            case "function" ->
                before(from).equals(":") ? new CursorPlace.TypeName(from, word) : new CursorPlace.NewName(from);
            case "global" -> isAtLineStart(from) ? new CursorPlace.Outside(from, word) : new CursorPlace.NewName(from);
            default -> new CursorPlace.Outside(from, word);
        };
    }

    private boolean isPoint() {
        return keyword.equals("probe") && depth == 0;
    }

    private CursorPlace point() {
        int start = point;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return new CursorPlace.Point(start, head, text.substring(start).replaceAll("\\s+", ""));
    }

    private CursorPlace string(Part string) {
        if (isPoint()) {
            return point();
        }
        int percent = text.lastIndexOf('%');
        boolean format = FORMATTING.contains(calls.isEmpty() ? "" : calls.peek());
        if (format && percent > string.start() && text.substring(percent).matches("%[-+ #0]?[0-9*]*(\\.[0-9*]*)?l*")) {
            return new CursorPlace.Directive(percent, text.substring(percent));
        }
        return new CursorPlace.Nothing(text.length());
    }

    private boolean isAfterArrow(int from) {
        return before(from).equals("->");
    }

    private boolean isAtLineStart(int from) {
        return text.substring(text.lastIndexOf('\n', Math.max(0, from - 1)) + 1, from)
                .isBlank();
    }

    /** The part that ends before a place. */
    private String before(int from) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i).end() <= from) {
                return parts.get(i).in(text);
            }
        }
        return "";
    }

    private void take(int index) {
        var part = parts.get(index);
        if (part.kind() == Kind.WORD) {
            word(part);
        } else if (part.kind() == Kind.SIGN) {
            sign(part.in(text), part, index == 0 ? "" : parts.get(index - 1).in(text));
        }
    }

    private void word(Part part) {
        var word = part.in(text);
        boolean inPoint = isPoint() && part.start() > 0 && text.charAt(part.start() - 1) == '.';
        switch (word) {
            case "probe", "function", "global", "private", "@define" -> {
                // No handler holds such a word: a brace is missing above.
                if (!inPoint) {
                    declare(word, part);
                }
            }
            case "if" -> condition |= isPoint() && !inPoint;
            default -> {}
        }
    }

    private void declare(String word, Part part) {
        keyword = word.equals("private") ? "" : word;
        declaration = part.start();
        depth = 0;
        point = part.end();
        head = "";
        heads.clear();
        calls.clear();
        condition = false;
    }

    private void sign(String sign, Part part, String before) {
        switch (sign) {
            case "(", "[" -> calls.push(before);
            case ")", "]" -> calls.poll();
            case "%(" -> depth += keyword.equals("@define") || depth > 0 ? 1 : 0;
            case "%)" -> close();
            case "{" -> open(part, before);
            case "}" -> close(part);
            case "," -> comma(part);
            case "=" -> {
                if (isPoint() && !condition) {
                    beginPoint(part.end());
                }
            }
            case ";" -> {
                if (depth == 0) {
                    keyword = "";
                }
            }
            default -> {}
        }
    }

    private void open(Part part, String before) {
        if (isPoint() && BEFORE_CHOICES.contains(before)) {
            heads.push(head);
            head += text.substring(point, part.start()).strip();
            point = part.end();
            return;
        }
        if (depth == 0) {
            body = part.start();
            keyword = keyword.isEmpty() ? "probe" : keyword;
        }
        depth++;
    }

    private void close(Part part) {
        if (isPoint() && !heads.isEmpty()) {
            // What follows the braces belongs to each of the choices: the last one stands for all.
            head += text.substring(point, part.start()).strip();
            heads.pop();
            point = part.end();
            return;
        }
        close();
    }

    private void close() {
        if (depth > 0 && --depth == 0) {
            keyword = "";
            calls.clear();
        }
    }

    private void comma(Part part) {
        if (isPoint() && calls.isEmpty()) {
            if (heads.isEmpty()) {
                beginPoint(part.end());
            } else {
                point = part.end();
            }
            condition = false;
        } else if (!calls.isEmpty()) {
            calls.push(calls.pop() + ",");
        }
    }

    private void beginPoint(int start) {
        point = start;
        head = "";
    }
}
