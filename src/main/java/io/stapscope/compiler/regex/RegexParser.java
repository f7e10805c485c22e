package io.stapscope.compiler.regex;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A pattern to its tree. What POSIX leaves undefined and people write by mistake is refused with a word. */
final class RegexParser {
    /** RE_DUP_MAX. */
    private static final int MOST_REPEATS = 255;

    private static final int DEEPEST = 200;
    private static final String SPECIAL = "^.[]$()|*+?{}\\/";
    private static final String PERL_CLASSES = "dDwWsSbB<>";

    private final String pattern;
    private int at;
    private int groups;
    private int depth;

    private RegexParser(String pattern) {
        this.pattern = pattern;
    }

    /** @param groups of the pattern, the whole match not counted */
    record Parsed(Node tree, int groups) {}

    static Parsed parse(String pattern) throws RegexException {
        var parser = new RegexParser(pattern);
        var tree = parser.choice();
        if (parser.at < pattern.length()) {
            throw new RegexException(parser.at, "')' without '('; write \\\\) for the character");
        }
        return new Parsed(tree, parser.groups);
    }

    private Node choice() throws RegexException {
        if (++depth > DEEPEST) {
            throw new RegexException(at, "groups are nested more than " + DEEPEST + " deep");
        }
        List<Node> arms = new ArrayList<>();
        arms.add(sequence());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            arms.add(sequence());
        }
        depth--;
        return arms.size() == 1 ? arms.getFirst() : new Node.Choice(arms);
    }

    private Node sequence() throws RegexException {
        List<Node> parts = new ArrayList<>();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            parts.add(repeated());
        }
        return switch (parts.size()) {
            case 0 -> new Node.Empty();
            case 1 -> parts.getFirst();
            default -> new Node.Sequence(parts);
        };
    }

    private Node repeated() throws RegexException {
        var node = atom();
        while (at < pattern.length()) {
            switch (pattern.charAt(at)) {
                case '*' -> node = repeat(node, 0, -1);
                case '+' -> node = repeat(node, 1, -1);
                case '?' -> node = repeat(node, 0, 1);
                case '{' -> node = interval(node);
                default -> {
                    return node;
                }
            }
        }
        return node;
    }

    private Node repeat(Node node, int least, int most) {
        at++;
        return new Node.Repeat(node, least, most);
    }

    private Node interval(Node node) throws RegexException {
        int start = at++;
        int least = number(start);
        int most = least;
        if (at < pattern.length() && pattern.charAt(at) == ',') {
            at++;
            most = at < pattern.length() && pattern.charAt(at) == '}' ? -1 : number(start);
        }
        if (at >= pattern.length() || pattern.charAt(at) != '}') {
            throw notAnInterval(start);
        }
        at++;
        if (most >= 0 && most < least) {
            throw new RegexException(start, "the interval " + pattern.substring(start, at) + " is upside down");
        }
        return new Node.Repeat(node, least, most);
    }

    private int number(int start) throws RegexException {
        int from = at;
        int value = 0;
        while (at < pattern.length() && pattern.charAt(at) >= '0' && pattern.charAt(at) <= '9') {
            value = Math.min(MOST_REPEATS + 1, value * 10 + pattern.charAt(at++) - '0');
        }
        if (at == from) {
            throw notAnInterval(start);
        }
        if (value > MOST_REPEATS) {
            throw new RegexException(from, "at most " + MOST_REPEATS + " repetitions");
        }
        return value;
    }

    private static RegexException notAnInterval(int start) {
        return new RegexException(start, "intervals are {3}, {3,} and {3,5}; write \\\\{ for the character");
    }

    private Node atom() throws RegexException {
        char c = pattern.charAt(at);
        switch (c) {
            case '(' -> {
                return group();
            }
            case '[' -> {
                var bracket = new BracketParser(pattern, at + 1);
                var bytes = bracket.parse();
                at = bracket.end();
                return new Node.OneOf(bytes);
            }
            case '.' -> {
                at++;
                var any = new BitSet(256);
                any.set(1, 256);
                return new Node.OneOf(any);
            }
            case '^' -> {
                at++;
                return new Node.Start();
            }
            case '$' -> {
                at++;
                return new Node.End();
            }
            case '*', '+', '?', '{' ->
                throw new RegexException(
                        at, "'" + c + "' has nothing to repeat; write \\\\" + c + " for the character");
            case '\\' -> {
                return escaped();
            }
            default -> {
                at++;
                return one(c);
            }
        }
    }

    private Node group() throws RegexException {
        int start = at++;
        int index = ++groups;
        var body = choice();
        if (at >= pattern.length()) {
            throw new RegexException(start, "'(' is not closed; write \\\\( for the character");
        }
        at++;
        return new Node.Group(index, body);
    }

    private Node escaped() throws RegexException {
        int start = at++;
        if (at >= pattern.length()) {
            throw new RegexException(start, "a backslash at the end escapes nothing; write \\\\\\\\ for the character");
        }
        char c = pattern.charAt(at++);
        if (c >= '1' && c <= '9') {
            throw new RegexException(start, "back-references are not supported");
        }
        if (PERL_CLASSES.indexOf(c) >= 0 && SPECIAL.indexOf(c) < 0) {
            throw new RegexException(
                    start, "'\\" + c + "' is not of POSIX; use a class such as [[:digit:]] or [[:space:]]");
        }
        return one(c);
    }

    private static Node one(char c) {
        var bytes = new BitSet(256);
        bytes.set(c);
        return new Node.OneOf(bytes);
    }
}
