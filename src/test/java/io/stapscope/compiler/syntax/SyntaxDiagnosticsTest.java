package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.diagnostic.GoldenDiagnostics;
import io.stapscope.compiler.source.SourceText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SyntaxDiagnosticsTest {
    @TestFactory
    Stream<DynamicTest> wrongScripts() {
        return GoldenDiagnostics.cases("syntax", SyntaxDiagnosticsTest::check);
    }

    @Test
    void everyCodeOfTheLexerAndParserHasACase() {
        String expectations = GoldenDiagnostics.expectations("syntax");
        assertThat(Arrays.stream(DiagnosticCode.values())
                        .map(DiagnosticCode::id)
                        .filter(id -> id.startsWith("E01") || id.startsWith("E02"))
                        .filter(id -> !expectations.contains("error[" + id + "]")))
                .isEmpty();
    }

    private static List<Diagnostic> check(SourceText source) {
        var diagnostics = new Diagnostics();
        var script = Parse.script(source, List.of(), diagnostics);
        assertThat(script.span().end()).isEqualTo(source.text().length());
        return diagnostics.all();
    }
}
