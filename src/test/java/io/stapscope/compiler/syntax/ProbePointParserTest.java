package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbePointParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "begin; begin",
                "{a,b}.{c,{d,e}}.f; a.c.f a.d.f a.e.f b.c.f b.d.f b.e.f",
                "a.{b?,c!}; a.b? a.c!",
                "a.{b,c}?; a.b? a.c?",
                "a.{b.c(1),d}; a.b.c(1) a.d",
                "process(\"x\").{begin,thread.{begin,end}}; process(\"x\").begin process(\"x\").thread.begin process(\"x\").thread.end",
                "sys*.*b*.**; sys*.*b*.**",
                "{a,b}.c if (on); a.c if (on) b.c if (on)",
            })
    void bracesStandForAllTheirCombinationsInOrder(String written, String meant) {
        var diagnostics = new Diagnostics();
        var script = Parse.script(new SourceText("x.stp", "probe " + written + " {}"), List.of(), diagnostics);
        assertThat(diagnostics.all()).isEmpty();
        var probe = (DeclarationNode.Probe) script.declarations().getFirst();
        assertThat(probe.points().getFirst().expanded().stream()
                        .map(TreePrinter::print)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(meant);
    }
}
