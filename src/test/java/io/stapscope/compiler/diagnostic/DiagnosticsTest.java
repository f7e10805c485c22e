package io.stapscope.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private final Diagnostics diagnostics = new Diagnostics();
    private final SourceText source = new SourceText("x.stp", "x".repeat(1000));

    @Test
    void theSameCodeAtTheSamePlaceIsKeptOnce() {
        report(DiagnosticCode.JUNK, 5);
        report(DiagnosticCode.JUNK, 5);
        report(DiagnosticCode.BAD_NUMBER, 5);
        assertThat(diagnostics.all()).hasSize(2);
    }

    @Test
    void whatIsReportedIsKnownByItsCodeAndPlace() {
        report(DiagnosticCode.JUNK, 5);
        assertThat(diagnostics.isReported(DiagnosticCode.JUNK, new Span(source, 5, 9)))
                .isTrue();
        assertThat(diagnostics.isReported(DiagnosticCode.JUNK, new Span(source, 6, 9)))
                .isFalse();
        assertThat(diagnostics.isReported(DiagnosticCode.BAD_NUMBER, new Span(source, 5, 6)))
                .isFalse();
    }

    @Test
    void theyComeInTheOrderOfTheText() {
        report(DiagnosticCode.JUNK, 7);
        report(DiagnosticCode.JUNK, 3);
        assertThat(diagnostics.all()).extracting(each -> each.span().start()).containsExactly(3, 7);
    }

    @Test
    void anErrorIsNeverLostAmongWarnings() {
        for (int i = 0; i < 500; i++) {
            report(DiagnosticCode.UNUSED_ARGUMENT, i);
        }
        assertThat(diagnostics.hasErrors()).isFalse();
        report(DiagnosticCode.JUNK, 900);
        assertThat(diagnostics.hasErrors()).isTrue();
        assertThat(diagnostics.all()).hasSize(101);
        assertThat(diagnostics.all().getLast().code()).isEqualTo(DiagnosticCode.JUNK);
        assertThat(diagnostics.warnings()).hasSize(100);
    }

    private void report(DiagnosticCode code, int at) {
        diagnostics.report(code, new Span(source, at, at + 1), "message", "label", "note");
    }
}
