package io.stapscope.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.ir.Global.KeyKind;
import io.stapscope.compiler.ir.Global.Unit;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.probe.ProbePattern;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.RecordedHost;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
    @Test
    void probePointsAreListedByPrefixOrPattern() {
        assertThat(ProbeCatalog.list("process.")).hasSize(6);
        assertThat(ProbeCatalog.list("*.syscall"))
                .extracting(ProbePattern::text)
                .containsExactly("process.syscall", "process(\"PATH\").syscall", "process(PID).syscall");
        assertThat(ProbeCatalog.list("")).hasSameSizeAs(ProbeCatalog.all());
    }

    @Test
    void theListOfAHostHasItsAliasesAndForms() {
        var host = new RecordedHost();
        assertThat(ProbeCatalog.list("one*", host))
                .containsExactly(new ProbePattern("oneshot", "Runs once at the start, and ends the run."));
        assertThat(ProbeCatalog.list("process*.thread.*", host)).hasSize(6);
        assertThat(ProbeCatalog.list("process(\"ls\").s*", host))
                .extracting(ProbePattern::text)
                .containsExactly("process(\"/usr/bin/ls\").syscall");
        assertThat(ProbeCatalog.list("nothing", host)).isEmpty();
        assertThat(ProbeCatalog.list("not a point", host)).isEmpty();
    }

    @Test
    void variablesOfAPointAreListedWithTheirTypes() {
        assertThat(ProbeCatalog.variables("process.syscall.return", new RecordedHost()))
                .hasToString("[$$return:string, $return:long, $syscall:long]");
    }

    @Test
    void everyFunctionIsDocumented() {
        assertThat(Builtins.documentation())
                .containsKeys("pid:long ()", "substr:string (string, long, long)", "printf", "exit ()")
                .allSatisfy((signature, text) -> assertThat(text).as(signature).endsWith("."));
    }

    @Test
    void statisticsAndGrowingNumbersBecomeSeries() {
        var plan = Compile.plan("""
                global latency, calls, last
                probe process.syscall { calls[tid(), cpu()]++; last = $arg1 }
                probe process.syscall.return { latency[uid()] <<< gettimeofday_ms() - @entry(gettimeofday_ms()) }
                """);
        assertThat(Aggregates.of(plan))
                .containsExactly(
                        new Aggregates.Aggregate(
                                0, "latency", Aggregates.Kind.STATISTIC, List.of(KeyKind.UID), Unit.MILLISECONDS, 1),
                        new Aggregates.Aggregate(
                                1, "calls", Aggregates.Kind.COUNTER, List.of(KeyKind.TID, KeyKind.CPU), Unit.NONE, 1));
    }

    @Test
    void barePointsWatchTheTargetWhenThereIsOne() {
        assertThat(target(false)).isEqualTo(new Target.Everyone());
        assertThat(target(true)).isEqualTo(new Target.Session());
    }

    private static Target target(boolean hasTarget) {
        var options = new CompileOptions(List.of(), hasTarget, null, Limits.DEFAULT);
        var source = new SourceText("script.stp", "probe process.syscall { println(target()) }");
        var compiled = (Compilation.Compiled) Compiler.compile(source, new RecordedHost(), options);
        return ((ProbePoint.Process) compiled.plan().handlers().getFirst().point()).target();
    }
}
