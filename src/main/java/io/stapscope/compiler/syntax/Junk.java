package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.JUNK;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.source.Span;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Characters that mean nothing in a script, and what the user probably wanted. */
final class Junk {
    private Junk() {}

    static boolean isJunk(char letter) {
        return letter >= 0x80 || letter < 0x20 && !Words.isSpace(letter) || "\\'`\u007f".indexOf(letter) >= 0;
    }

    /** The partner of a quote that opens no string here; NUL for any other character. */
    static char closingQuote(char letter) {
        return switch (letter) {
            case '\u201C', '\u201E', '\u201F' -> '\u201D';
            case '\u00AB' -> '\u00BB';
            case '\u300C' -> '\u300D';
            case '\u2018' -> '\u2019';
            case '\'' -> '\'';
            default -> 0;
        };
    }

    /** What to write in place of an operator of another language; null for anything else. */
    static @Nullable String wantedOperator(String text) {
        return switch (text) {
            case "===" -> "`==`";
            case "!==", "<>" -> "`!=`";
            case ":=" -> "`=`";
            case "=+" -> "`+=`";
            case "=-" -> "`-=`";
            case "=>" -> "`>=`";
            case "=<" -> "`<=`";
            case "..", "..." -> "`.`, which joins strings";
            case "**" -> "`*` as often as needed";
            case "&&=" -> "a = a && b";
            case "||=" -> "a = a || b";
            case ">>>=" -> "a = a >>> b";
            case "<<<=" -> "`<<<` to feed a statistic, `<<=` to shift";
            case "??" -> "condition ? first : second";
            default -> null;
        };
    }

    /** For a text between such quotes, which are its first and last characters. */
    static Diagnostic diagnoseQuotes(Span span, String text) {
        return Diagnostic.of(
                        JUNK,
                        span,
                        "a string stands in " + (text.startsWith("'") ? "single" : "typographic") + " quotes",
                        "not a string of the script",
                        "strings take double quotes: \"text\"")
                .withFix(new Fix(span, "\"" + text.substring(1, text.length() - 1) + "\"", "use double quotes"));
    }

    static Diagnostic diagnose(Span span, String text) {
        String plain = plainFor(text);
        if (plain != null) {
            return Diagnostic.of(
                            JUNK,
                            span,
                            "`" + text + "` is not the plain `" + plain + "` that scripts are written with",
                            "typed with another keyboard",
                            "outside of strings and comments only ASCII characters have a meaning")
                    .withFix(new Fix(span, plain, "replace by `" + plain + "`"));
        }
        if (text.startsWith("'")) {
            return Diagnostic.of(
                    JUNK,
                    span,
                    "`'` means nothing in a script",
                    "not a quote here",
                    "strings take double quotes: \"text\"");
        }
        if (text.codePoints().allMatch(Character::isLetter)) {
            return Diagnostic.of(
                    JUNK,
                    span,
                    "`" + text + "` cannot stand in a name",
                    "not an ASCII letter",
                    "names are made of a to z, A to Z, digits and `_`; strings and comments hold any text");
        }
        return Diagnostic.of(
                JUNK,
                span,
                shown(text) + " means nothing in a script",
                "remove this",
                "outside of strings and comments only ASCII letters, digits and operators have a meaning");
    }

    private static String shown(String text) {
        char first = text.charAt(0);
        if (first < 0x20 || first == 0x7f) {
            return String.format(Locale.ROOT, "the control character U+%04X", (int) first);
        }
        return switch (text) {
            case "`" -> "the backtick";
            case "\u00A0" -> "a no-break space";
            case "\u200B" -> "a zero-width space";
            case "\uFEFF" -> "a byte order mark";
            default -> "`" + text + "`";
        };
    }

    /** Full-width forms and typographic quotes as the ASCII they were meant to be; null for anything else. */
    private static @Nullable String plainFor(String text) {
        var plain = new StringBuilder();
        for (char letter : Normalizer.normalize(text, Normalizer.Form.NFKC).toCharArray()) {
            switch (letter) {
                case '\u201C', '\u201D', '\u201E', '\u00AB', '\u00BB', '\u300C', '\u300D' -> plain.append('"');
                case '\u3001' -> plain.append(',');
                case '\u3002' -> plain.append('.');
                case '\u3010' -> plain.append('[');
                case '\u3011' -> plain.append(']');
                case '\u2013', '\u2014', '\u2212' -> plain.append('-');
                case '\u00D7' -> plain.append('*');
                case '\u2260' -> plain.append("!=");
                case '\u2264' -> plain.append("<=");
                case '\u2265' -> plain.append(">=");
                default -> {
                    if (letter <= 0x20 || letter >= 0x7f) {
                        return null;
                    }
                    plain.append(letter);
                }
            }
        }
        return plain.toString().equals(text) ? null : plain.toString();
    }
}
