package io.stapscope.compiler.elaboration;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Parser;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.RecordedHost;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElaborationTest {
    private static final String LIBRARY = """
            probe call = process.syscall { entered = 1 }
            probe call.return = process.syscall.return { left = 1 }
            probe both = call, call.return {}
            probe loud = never ?, begin {}, { done() }
            """;

    private final Diagnostics diagnostics = new Diagnostics();

    /** The points of a script, each with the bodies that run there and the condition. */
    private List<String> derive(String text) {
        var library = Library.of(List.of(new SourceText("library.stp", LIBRARY)));
        var script = Parser.parse(
                new SourceText("script.stp", text), library.reading(List.of(), new RecordedHost()), diagnostics);
        return Elaboration.run(script, library, new RecordedHost(), false, diagnostics).stream()
                .map(ElaborationTest::text)
                .toList();
    }

    private static String text(DerivedProbe probe) {
        var body = probe.composition().body();
        var parts = body == probe.composition().probe().body()
                ? body.span().text()
                : String.join(
                        "",
                        body.statements().stream()
                                .map(each -> each.span().text())
                                .toList());
        var condition = probe.condition() == null ? "" : " if " + conditions(probe.condition());
        return probe.point().text() + condition + " " + parts;
    }

    private static String conditions(ExpressionNode condition) {
        return condition instanceof ExpressionNode.Binary both
                ? conditions(both.left()) + " && " + conditions(both.right())
                : condition.span().text();
    }

    private List<String> problems() {
        return diagnostics.all().stream().map(Diagnostic::message).toList();
    }

    @Test
    void aliasesPutTheirBodiesAroundTheHandler() {
        assertThat(derive("""
                probe outer = inner {p1}
                probe inner += begin {e2}
                probe around = outer {p3}, {e3}
                probe around {body}
                """)).containsExactly("begin {p1}{p3}{body}{e3}{e2}");
    }

    @Test
    void namesMayBeChainedAndSeveralAliasesShareOne() {
        assertThat(derive("""
                probe a = b = begin {1}
                probe b = end {2}
                probe a, b {0}
                """)).containsExactly("begin {1}{0}", "begin {1}{0}", "end {2}{0}");
    }

    @Test
    void whatFollowsTheNameOfAnAliasIsPutBehindItsPoints() {
        assertThat(derive("""
                probe mine = process("ls"), process(1).thread {x}
                probe mine.begin, mine.end ? {y}
                """))
                .containsExactly(
                        "process(\"/usr/bin/ls\").begin {x}{y}",
                        "process(1).thread.begin {x}{y}",
                        "process(\"/usr/bin/ls\").end {x}{y}",
                        "process(1).thread.end {x}{y}");
    }

    @Test
    void conditionsOfAllLevelsMustHold() {
        assertThat(derive("""
                global a, b, c
                probe one = begin if (a), end {x}
                probe two = one if (b) {y}
                probe two if (c) {z}
                """)).containsExactly("begin if c && b && a {x}{y}{z}", "end if c && b {x}{y}{z}");
    }

    @Test
    void aSufficientPointEndsItsOwnList() {
        assertThat(derive("probe nothing !, begin !, end {x}")).containsExactly("begin {x}");
        assertThat(derive("""
                probe first = begin !, end {p}
                probe first, end {x}
                """)).containsExactly("begin {p}{x}", "end {x}");
        assertThat(derive("probe {nothing, begin}!, end {x}")).containsExactly("begin {x}");
        assertThat(problems()).isEmpty();
    }

    @Test
    void optionalIsPassedDownToThePointsOfAnAlias() {
        assertThat(derive("""
                probe some = nothing.here, begin {p}
                probe some ? {x}
                """)).containsExactly("begin {p}{x}");
        assertThat(problems()).isEmpty();
        derive("probe some = nothing.here, begin {p} probe some {x}");
        assertThat(problems()).containsExactly("`nothing.here` is not a probe point");
    }

    @Test
    void wildcardsFindAliasesAndPointsInSortedOrder() {
        assertThat(derive("probe *n*d {x}")).containsExactly("end {x}");
        assertThat(derive("probe call* {x}")).containsExactly("process.syscall { entered = 1 }{x}");
        assertThat(derive("probe process(\"ls\").** {x}"))
                .extracting(
                        each -> each.replace("process(\"/usr/bin/ls\").", "").replace(" {x}", ""))
                .containsExactly("begin", "end", "syscall", "syscall.return", "thread.begin", "thread.end");
        assertThat(derive("probe call.* {x}")).containsExactly("process.syscall.return { left = 1 }{x}");
    }

    @Test
    void aWildcardLooksBehindAliasesOnlyWhenNothingElseMatches() {
        assertThat(derive("""
                probe mine = process("ls") {p}
                probe m*.begin {x}
                """)).containsExactly("process(\"/usr/bin/ls\").begin {p}{x}");
        assertThat(derive("""
                probe mine = process("ls") {p}
                probe mine.begin = end {q}
                probe m*.begin {x}
                """)).containsExactly("end {q}{x}");
    }

    @Test
    void thePathOfAProgramMayBeAPattern() {
        assertThat(derive("probe process(\"/*/*/ls\").begin, process(\"/opt/*/b?n/*\").end {x}"))
                .containsExactly("process(\"/usr/bin/ls\").begin {x}", "process(\"/opt/pgsql/bin/postgres\").end {x}");
    }

    @Test
    void anAliasOfTheScriptHidesTheLibrarysOfTheSameName() {
        assertThat(derive("probe call = end {mine} probe call {x}")).containsExactly("end {mine}{x}");
    }

    @Test
    void aWildcardThatFindsNothingTellsWhatThereIs() {
        derive("probe process.thr*.middle {x}");
        assertThat(problems()).containsExactly("no probe point matches `process.thr*.middle`");
        derive("probe process.thr*.middle ? {x}");
        assertThat(problems()).hasSize(1);
    }

    @Test
    void circlesOfAliasesAreTold() {
        derive("probe a = b {x} probe b = c {x} probe c = a {x} probe a {x}");
        assertThat(problems()).containsExactly("the alias `a` stands for itself");
    }

    @Test
    void aliasesThatDoubleEndlesslyAreStopped() {
        var text = new StringBuilder("probe a0 = begin {x}\n");
        for (int i = 1; i < 40; i++) {
            text.append("probe a%d = a%d, a%d {x}%n".formatted(i, i - 1, i - 1));
        }
        derive(text + "probe a39 {x}");
        assertThat(problems()).containsExactly("aliases and wildcards stand for more than 10000 probe points");
    }

    @Test
    void whatIsMissingBehindTheLibraryIsToldAtTheUse() {
        var library = Library.of(List.of(new SourceText("library.stp", "probe gone = process(\"nope\").begin {}\n")));
        var script = Parser.parse(
                new SourceText("script.stp", "probe begin {x}\nprobe gone {y}"),
                library.reading(List.of(), new RecordedHost()),
                diagnostics);
        Elaboration.run(script, library, new RecordedHost(), false, diagnostics);
        assertThat(diagnostics.all()).singleElement().satisfies(found -> {
            assertThat(found.span()).hasToString("script.stp:2:7");
            assertThat(found.notes()).contains("`gone` stands for `\"nope\"` in the library");
        });
    }
}
