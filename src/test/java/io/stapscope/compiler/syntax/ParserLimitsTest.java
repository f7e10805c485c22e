package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserLimitsTest {
    @Test
    void aScriptOf64KiBIsRead() {
        String text = "probe begin { println(\"x\") } #";
        assertThat(errors(text + "x".repeat(64 * 1024 - text.length()))).isEmpty();
    }

    @Test
    void aLongerScriptIsRefusedAtItsFirstCharacterTooMany() {
        String text = "probe begin { println(\"x\") } #";
        assertThat(errors(text + "x".repeat(64 * 1024 - text.length() + 1)))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(DiagnosticCode.SCRIPT_TOO_LONG);
                    assertThat(error.span().start()).isEqualTo(64 * 1024);
                });
    }

    @Test
    void theLengthIsCountedInBytes() {
        assertThat(errors("#" + "\u591a".repeat(22_000))).hasSize(1);
        assertThat(errors("#" + "\u591a".repeat(21_000))).isEmpty();
    }

    @Test
    void tooManyWordsAreReportedOnce() {
        assertThat(errors("probe begin { " + ";".repeat(60_000) + " }"))
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.TOO_MANY_TOKENS);
    }

    @Test
    void deepNestingIsReportedOnce() {
        assertThat(errors("probe begin " + "{".repeat(300) + "}".repeat(300)))
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.NESTED_TOO_DEEP);
    }

    @Test
    void reasonableNestingIsRead() {
        assertThat(errors("probe begin { a = " + "(".repeat(150) + "1" + ")".repeat(150) + " }"))
                .isEmpty();
    }

    private static List<Diagnostic> errors(String text) {
        var diagnostics = new Diagnostics();
        Parse.script(new SourceText("long.stp", text), List.of(), diagnostics);
        return diagnostics.all();
    }
}
