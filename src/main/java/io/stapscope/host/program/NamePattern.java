package io.stapscope.host.program;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A name, or a pattern of names with {@code * ? []}. */
final class NamePattern {
    private final String written;
    private final boolean literal;
    private final Pattern expression;

    private NamePattern(String written, boolean literal, Pattern expression) {
        this.written = written;
        this.literal = literal;
        this.expression = expression;
    }

    static NamePattern of(String written) {
        boolean literal = written.chars().noneMatch(letter -> letter == '*' || letter == '?' || letter == '[');
        return new NamePattern(written, literal, literal ? Pattern.compile("") : expression(written));
    }

    /** The name, when it can be one only. */
    Optional<String> literal() {
        return literal ? Optional.of(written) : Optional.empty();
    }

    boolean matches(String name) {
        return literal ? written.equals(name) : expression.matcher(name).matches();
    }

    private static Pattern expression(String written) {
        var made = new StringBuilder();
        for (int at = 0; at < written.length(); at++) {
            char letter = written.charAt(at);
            int close = letter == '[' ? written.indexOf(']', at + 2) : -1;
            if (close > 0) {
                made.append(set(written.substring(at + 1, close)));
                at = close;
            } else if (letter == '*') {
                made.append(".*");
            } else {
                made.append(letter == '?' ? "." : Pattern.quote(String.valueOf(letter)));
            }
        }
        try {
            return Pattern.compile(made.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            // A set that is none, like [z-a], means itself.
            return Pattern.compile(Pattern.quote(written));
        }
    }

    private static String set(String letters) {
        boolean inverted = letters.startsWith("!") || letters.startsWith("^");
        var plain = letters.substring(inverted ? 1 : 0).replaceAll("([\\[\\]\\\\&^])", "\\\\$1");
        return "[" + (inverted ? "^" : "") + plain + "]";
    }
}
