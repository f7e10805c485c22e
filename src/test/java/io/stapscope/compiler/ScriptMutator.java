package io.stapscope.compiler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes scripts out of pieces of others, most of them wrong in some way. */
final class ScriptMutator {
    private static final Pattern WORD = Pattern.compile("[@$]*\\w+(\\([^()]*\\))?|\\S");

    /** What is left open, or nests without an end. */
    private static final List<String> OPENINGS = List.of(
            "(",
            "[",
            "{",
            "\"",
            "/*",
            "%(",
            "%(1==1 %?",
            "%{",
            "'",
            "a[",
            "f(",
            "-",
            "!",
            "a ? ",
            "a ? b : ",
            "a = ",
            "a + ",
            "a . ",
            "$x->a",
            "->a",
            "$x[",
            "if (a) ",
            "else ",
            "while (a) ",
            "foreach (a in b) ",
            "try {",
            "probe {",
            "probe a.{",
            "function f() {",
            "@define a %( ",
            "@define m(x) %( @x @x %) @m(",
            "@entry(",
            "@defined(",
            "@cast(",
            "@count(",
            "print(@hist_log(",
            "}",
            ")",
            "*",
            "?",
            "!",
            ";",
            ",",
            "\\",
            "\n",
            "5",
            "\"\" ",
            "a\n",
            "in ",
            ".");

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "18446744073709551616",
            "99999999999999999999999999",
            "0x",
            "0xffffffffffffffffff",
            "010",
            "08",
            "2147483647",
            "2147483648",
            "4294967296",
            "1000000",
            "63",
            "64",
            "65");

    private static final List<String> LETTERS = List.of(
            "\u0000",
            "\r",
            "\r\n",
            "\t",
            "\u00e9",
            "\u591a",
            "\uff08",
            "\ud83d",
            "\ud83d\ude42",
            "\u2028",
            "\\",
            "$",
            "@",
            "#",
            "%",
            "`",
            "\u007f",
            "\ufeff");

    private static final List<String> WORDS = List.of(
            "probe",
            "global",
            "private",
            "function",
            "if",
            "else",
            "for",
            "foreach",
            "in",
            "limit",
            "return",
            "delete",
            "while",
            "break",
            "continue",
            "next",
            "string",
            "long",
            "try",
            "catch",
            "@define",
            "@count",
            "@hist_linear",
            "@hist_log",
            "@defined",
            "@entry",
            "@cast",
            "@var",
            "@choose_defined",
            "$1",
            "@1",
            "$#",
            "$return",
            "$$parms",
            "<<<",
            "=~",
            "->",
            "%(",
            "%?",
            "%:",
            "%)",
            "**",
            "=",
            "+=",
            "++",
            "?",
            "!");

    private final List<String> scripts;

    ScriptMutator(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    String next(Random random) {
        String text = any(scripts, random);
        for (int change = random.nextInt(4); change >= 0; change--) {
            text = change(text, random);
        }
        return text;
    }

    private String change(String text, Random random) {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4 -> alike(text, random);
            case 5 -> splice(text, any(scripts, random), random);
            case 6 -> text + "\n" + any(scripts, random);
            case 7 -> swapWords(text, random);
            case 8 -> words(text, random, any(WORDS, random));
            case 9 -> words(text, random, "");
            case 10 -> letter(text, random);
            case 11 -> number(text, random);
            case 12 -> nested(text, random);
            case 13 -> lines(text, random);
            case 14 -> preprocessed(text, random);
            default -> text.substring(0, random.nextInt(text.length() + 1));
        };
    }

    private static <T> T any(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    private static List<MatchResult> words(String text) {
        return WORD.matcher(text).results().toList();
    }

    /** Puts a word of the same kind in the place of one, so that not all scripts are wrong. */
    private String alike(String text, Random random) {
        var words = words(text);
        if (words.isEmpty()) {
            return text;
        }
        var place = any(words, random);
        var alike = words(random.nextBoolean() ? text : any(scripts, random)).stream()
                .map(MatchResult::group)
                .filter(word -> kind(word) == kind(place.group()))
                .toList();
        return alike.isEmpty() ? text : replaced(text, place, any(alike, random));
    }

    private static int kind(String word) {
        char first = word.charAt(0);
        if (word.endsWith(")")) {
            return 'f';
        }
        return Character.isLetter(first)
                ? 'a'
                : Character.isDigit(first) ? '0' : "+-*/%&|^<>".indexOf(first) >= 0 ? '+' : first;
    }

    private static String replaced(String text, MatchResult place, String word) {
        return text.substring(0, place.start()) + word + text.substring(place.end());
    }

    private static String splice(String text, String other, Random random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + other.substring(random.nextInt(other.length() + 1));
    }

    private static String swapWords(String text, Random random) {
        var words = words(text);
        if (words.size() < 2) {
            return text;
        }
        int first = random.nextInt(words.size() - 1);
        int second = first + 1 + random.nextInt(Math.min(5, words.size() - first - 1));
        String swapped = replaced(text, words.get(second), words.get(first).group());
        return replaced(swapped, words.get(first), words.get(second).group());
    }

    /** Replaces a word, or doubles it. */
    private static String words(String text, Random random, String word) {
        var words = words(text);
        if (words.isEmpty()) {
            return word;
        }
        var place = any(words, random);
        return switch (random.nextInt(3)) {
            case 0 -> replaced(text, place, word);
            case 1 -> replaced(text, place, place.group() + " " + word + " " + place.group());
            default -> replaced(text, place, word + " " + place.group());
        };
    }

    private static String letter(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        if (at < text.length() && random.nextBoolean()) {
            char flipped = (char) (text.charAt(at) ^ (1 << random.nextInt(7)));
            return text.substring(0, at) + flipped + text.substring(at + 1);
        }
        return text.substring(0, at) + any(LETTERS, random) + text.substring(at);
    }

    private static String number(String text, Random random) {
        var numbers = words(text).stream()
                .filter(word -> Character.isDigit(word.group().charAt(0)))
                .toList();
        return numbers.isEmpty() ? text : replaced(text, any(numbers, random), any(NUMBERS, random));
    }

    private static String nested(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int times = random.nextInt(3) == 0 ? 1 + random.nextInt(3_000) : 1 + random.nextInt(4);
        return text.substring(0, at) + any(OPENINGS, random).repeat(times) + text.substring(at);
    }

    private static String lines(String text, Random random) {
        var lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text;
        }
        int line = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(random.nextInt(lines.size()), lines.get(line));
            default -> Collections.swap(lines, line, random.nextInt(lines.size()));
        }
        return String.join("\n", lines);
    }

    /** Hides a stretch of the script in a macro, or in a conditional. */
    private static String preprocessed(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(60));
        String part = text.substring(from, to);
        return switch (random.nextInt(4)) {
            case 0 -> "@define part %( " + part + " %)\n" + text.substring(0, from) + " @part " + text.substring(to);
            case 1 ->
                "@define part(x) %( @x " + part + " %)\n" + text.substring(0, from) + " @part(" + part + ") "
                        + text.substring(to);
            case 2 ->
                text.substring(0, from) + " %( kernel_v >= \"5\" %? " + part + " %: " + part + " %) "
                        + text.substring(to);
            default -> text.substring(0, from) + " %( 1 == 2 %? " + part + " %) " + text.substring(to);
        };
    }
}
