package io.stapscope.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.GoldenDiagnostics;
import io.stapscope.host.RecordedHost;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Scripts that can be read and make no sense: names, types, limits, places, and what is not there yet. */
class WrongScriptsTest {
    /** Codes that the lexer and the parser give. */
    private static final Set<String> OF_THE_SYNTAX =
            Set.of("E0501", "E0502", "E0503", "E0504", "E0601", "E0602", "E0603", "W0701");

    /** Codes that only options give. */
    private static final Set<String> OF_THE_OPTIONS = Set.of("E0322", "E0323");

    @TestFactory
    Stream<DynamicTest> wrongScripts() {
        return GoldenDiagnostics.cases(
                "analysis", source -> Compiler.compile(source, new RecordedHost(), CompileOptions.defaults())
                        .diagnostics());
    }

    @Test
    void everyCodeHasACase() {
        var expectations = GoldenDiagnostics.expectations("analysis");
        assertThat(Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id))
                .filteredOn(
                        id -> id.compareTo("E03") >= 0 && !OF_THE_SYNTAX.contains(id) && !OF_THE_OPTIONS.contains(id))
                .allSatisfy(id -> assertThat(expectations).contains("[" + id + "]"));
    }
}
