package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Corpus.Sample;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParserTest {
    static List<Sample> corpus() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void validScriptsHaveNoErrors(Sample sample) {
        var diagnostics = new Diagnostics();
        Parse.script(new SourceText(sample.name(), sample.text()), Corpus.ARGUMENTS, diagnostics);
        assertThat(diagnostics.hasErrors())
                .as(DiagnosticRenderer.render(diagnostics.all()))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void whatIsPrintedReadsAsTheSameTree(Sample sample) {
        String once = printed(sample.text());
        assertThat(printed(once)).isEqualTo(once);
    }

    /** Each expression with the parentheses that its tree stands for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a + b * c; a + (b * c)",
                "a . b + c; a . (b + c)",
                "a - b - c; (a - b) - c",
                "a << b >> c; (a << b) >> c",
                "a << b . c; a << (b . c)",
                "a < b == c; (a < b) == c",
                "a == b < c; (a == b) < c",
                "a & b == c; a & (b == c)",
                "a | b ^ c & d; a | (b ^ (c & d))",
                "a && b || c && d; (a && b) || (c && d)",
                "a in b && c; (a in b) && c",
                "a + 1 in b; (a + 1) in b",
                "a & b in c; a & (b in c)",
                "[a, *] in b || c; ([a, *] in b) || c",
                "a ? b : c ? d : e; a ? b : (c ? d : e)",
                "a ? b = 1 : c; a ? (b = 1) : c",
                "a = b = c; a = (b = c)",
                "a += b ? c : d; a += (b ? c : d)",
                "-a * b; (-a) * b",
                "!a == b; (!a) == b",
                "-a++; -(a++)",
                "~-a; ~(-a)",
                "a =~ `b` && c; (a =~ `b`) && c",
                "s <<< a + b; s <<< (a + b)",
                "-a->b; -(a->b)",
            })
    void operatorsBindAsSystemTapBindsThem(String written, String meant) {
        assertThat(printed("probe begin { " + written.replace('`', '"') + " }"))
                .isEqualTo(printed("probe begin { " + meant.replace('`', '"') + " }"));
    }

    private static String printed(String text) {
        var diagnostics = new Diagnostics();
        var script = Parse.script(new SourceText("test.stp", text), Corpus.ARGUMENTS, diagnostics);
        assertThat(diagnostics.hasErrors())
                .as(DiagnosticRenderer.render(diagnostics.all()))
                .isFalse();
        return TreePrinter.print(script);
    }
}
