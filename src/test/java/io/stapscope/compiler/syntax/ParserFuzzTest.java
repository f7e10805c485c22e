package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Corpus.Sample;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lexer and parser give a tree for any text, soon, and never throw. */
class ParserFuzzTest {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration ALL = Duration.ofSeconds(4);

    /** Long enough for a quadratic step to show, short enough for a busy machine. */
    private static final int LENGTH = 6_000;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "%(",
            "%)",
            "%?",
            "%:",
            "%{",
            "%}",
            "\"",
            "\\",
            "/*",
            "*/",
            "//",
            "#",
            "@",
            "$",
            "$1",
            "@1",
            "$#",
            "probe ",
            "global ",
            "function ",
            "private ",
            "if ",
            "else ",
            "for ",
            "foreach ",
            "while ",
            "try ",
            "catch ",
            " in ",
            " limit ",
            "return ",
            "delete ",
            "next ",
            "@define ",
            "@hist_log(",
            "@entry(",
            "->",
            "<<<",
            "**",
            "*",
            "?",
            "!",
            ",",
            ";",
            ":",
            "=",
            "+=",
            "++",
            "0x",
            "99999999999999999999",
            "\u591a",
            "\uD83D",
            "\u0000",
            "\n",
            " ");

    @Test
    void mutatedScriptsNeverThrow() {
        List<Sample> corpus = Corpus.all();
        var random = new Random(20260101);
        long end = System.nanoTime() + ALL.toNanos();
        int texts = 0;
        while (System.nanoTime() < end) {
            String text = corpus.get(random.nextInt(corpus.size())).text();
            String other = corpus.get(random.nextInt(corpus.size())).text();
            for (int i = random.nextInt(4); i >= 0; i--) {
                text = mutated(text, other, random);
            }
            parseInTime(text);
            texts++;
        }
        assertThat(texts).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "a[",
                "f(",
                "-",
                "!",
                "& ",
                "++",
                "a ? ",
                "a ? b : ",
                "a = ",
                "a + ",
                "a . ",
                "a in ",
                "\"",
                "\"\n",
                "/*",
                "%(",
                "%{",
                "@define a %(",
                "@entry(",
                "@hist_log(",
                "$x->a",
                "->a",
                "$x[",
                "if (a) ",
                "else ",
                "while (a) ",
                "for (;;) ",
                "foreach (a in b) ",
                "try {",
                "try {} catch {",
                "probe ",
                "probe {",
                "probe a {",
                "probe a{global b ",
                "probe a.{",
                "probe {a,b}.",
                "function f() {",
                "global ",
                "}",
                "}\n",
                "{\n",
                "{\n  ",
                "@x ",
                "@x(",
                "$1",
                "\\",
                "'",
                "\u201c",
                "\uff08",
                ";",
                ",",
                "5",
                "a ",
                "a\n",
                "in ",
                "a[*",
                "print(",
                "print(@hist_log(a)",
                "printf(\"\" ",
                "delete a[",
                "(a)[",
                "a=~\"\" ",
                "1++ ",
                "f(1++,",
            })
    void theSameThingOverAndOverNeverThrows(String piece) {
        for (String prefix : List.of("", "probe begin { ", "probe begin { a = ", "function f() { return ")) {
            parseInTime(prefix + piece.repeat(LENGTH / piece.length()));
        }
    }

    private static String mutated(String text, String other, Random random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 -> text.substring(0, at);
            case 2 -> text.substring(0, at) + other.substring(random.nextInt(other.length() + 1));
            case 3 -> text.substring(0, at) + (char) random.nextInt(0x10000) + text.substring(at);
            case 4 -> text.substring(0, to) + text.substring(at);
            default -> text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(at);
        };
    }

    private static void parseInTime(String text) {
        var diagnostics = new Diagnostics();
        var source = new SourceText("fuzz.stp", text);
        long start = System.nanoTime();
        var script = Parse.script(source, Corpus.ARGUMENTS, diagnostics);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as(beginning(text))
                .isLessThan(LONGEST);
        diagnostics.all().stream().limit(3).forEach(DiagnosticRenderer::render);
        String printed = TreePrinter.print(script);
        if (!diagnostics.hasErrors()) {
            assertThat(printedAgain(printed)).isEqualTo(printed);
        }
        for (DeclarationNode declaration : script.declarations()) {
            assertThat(declaration.span().source()).isEqualTo(source);
        }
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), 400));
    }

    private static String printedAgain(String text) {
        // Printing writes more spaces and brackets than were there, so a script near the limits may pass them.
        var diagnostics = new Diagnostics();
        var script = Parse.script(new SourceText("printed.stp", text), List.of(), diagnostics);
        boolean tooLarge =
                diagnostics.all().stream().anyMatch(each -> each.code().id().startsWith("E05"));
        return tooLarge ? text : TreePrinter.print(script);
    }
}
