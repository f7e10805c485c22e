package io.stapscope.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import org.junit.jupiter.api.Test;

class DiagnosticRendererTest {
    @Test
    void showsCodePlaceLineCaretNotesAndHelp() {
        var span = span("# one\nprobe begin { sizes <<< $cnt }\n", "$cnt");
        var diagnostic = Diagnostic.of(
                        DiagnosticCode.JUNK,
                        span,
                        "`$cnt` is not a variable of this probe point",
                        "unknown",
                        "available here: $fd, $count")
                .withFix(new Fix(span, "$count", "replace by `$count`"));
        assertThat(DiagnosticRenderer.render(diagnostic)).isEqualTo("""
                error[E0105]: `$cnt` is not a variable of this probe point
                  --> latency.stp:2:25
                   |
                 2 | probe begin { sizes <<< $cnt }
                   |                         ^^^^ unknown
                   = available here: $fd, $count
                   = help: replace by `$count`
                """);
    }

    @Test
    void tabsKeepTheCaretUnderItsColumn() {
        assertThat(excerpt("\tx\ty = 1", "y")).isEqualTo("""
                 1 |     x   y = 1
                   |         ^ here
                """);
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(excerpt("println(\"\u591a\u5b57\u8282\", x)", "x")).isEqualTo("""
                 1 | println("\u591a\u5b57\u8282", x)
                   |                   ^ here
                """);
    }

    @Test
    void aWideCharacterIsUnderlinedWhole() {
        assertThat(excerpt("a \uff08b", "\uff08")).isEqualTo("""
                 1 | a \uff08b
                   |   ^^ here
                """);
    }

    @Test
    void combiningMarksTakeNoColumn() {
        assertThat(excerpt("\"e\u0301\" x", "x")).isEqualTo("""
                 1 | "e\u0301" x
                   |     ^ here
                """);
    }

    @Test
    void controlCharactersNeverReachTheTerminal() {
        assertThat(excerpt("\u001b[31m x", "x")).startsWith(" 1 | \ufffd[31m x\n");
    }

    @Test
    void aSpanOverSeveralLinesIsUnderlinedOnItsFirst() {
        assertThat(excerpt("a = (b\n  c)\n", "(b\n  c)")).isEqualTo("""
                 1 | a = (b
                   |     ^^ here
                """);
    }

    @Test
    void anEmptySpanAtTheEndHasACaret() {
        var source = new SourceText("x.stp", "probe");
        var diagnostic = Diagnostic.of(DiagnosticCode.JUNK, new Span(source, 5, 5), "message", "");
        assertThat(DiagnosticRenderer.render(diagnostic)).endsWith(" 1 | probe\n   |      ^\n");
    }

    @Test
    void longLinesAreCutAroundTheCaret() {
        String text = "x".repeat(500) + "HERE" + "y".repeat(500);
        String[] lines = excerpt(text, "HERE").split("\n");
        assertThat(lines[0]).startsWith(" 1 | ...x").endsWith("y...").hasSizeLessThan(180);
        assertThat(lines[1].indexOf('^')).isEqualTo(lines[0].indexOf("HERE"));
    }

    private static String excerpt(String text, String underlined) {
        var diagnostic = Diagnostic.of(DiagnosticCode.JUNK, span(text, underlined), "message", "here");
        String rendered = DiagnosticRenderer.render(diagnostic);
        return rendered.substring(rendered.indexOf("   |\n") + 5);
    }

    private static Span span(String text, String part) {
        int start = text.indexOf(part);
        return new Span(new SourceText("latency.stp", text), start, start + part.length());
    }
}
