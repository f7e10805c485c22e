package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreePrinterTest {
    @Test
    void anyTreeIsReadBackFromItsPrint() {
        for (int seed = 0; seed < 2000; seed++) {
            String printed = TreePrinter.print(new RandomTrees(seed).script());
            assertThat(printedAgain(printed)).as("seed " + seed).isEqualTo(printed);
        }
    }

    @Test
    void parenthesesStandOnlyWhereTheyAreNeeded() {
        assertThat(printedAgain("probe begin { a = ((b + (c * d))) - (e - f); g = (-(-h)) . (i) }"))
                .isEqualTo("""
                        probe begin {
                          a = b + c * d - (e - f);
                          g = -(-h) . i;
                        }
                        """);
    }

    @Test
    void declarationsArePrintedAsWritten() {
        assertThat(printedAgain("global a,b[5]%=1".replace("%=1", "%") + "private function f:long(x:string):3{return 1}"
                        + "probe p=q.r(5)?,{s,t}.u if(a){x=1},{x=0}"))
                .isEqualTo("""
                        global a

                        global b[5]%

                        private function f:long(x:string) :3 {
                          return 1;
                        }

                        probe p = q.r(5)?, {s, t}.u if (a) {
                          x = 1;
                        }, {
                          x = 0;
                        }
                        """);
    }

    private static String printedAgain(String text) {
        var diagnostics = new Diagnostics();
        var script = Parse.script(new SourceText("test.stp", text), List.of(), diagnostics);
        assertThat(diagnostics.hasErrors())
                .as(DiagnosticRenderer.render(diagnostics.all()))
                .isFalse();
        return TreePrinter.print(script);
    }
}
