package io.stapscope.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Switches.Privilege;
import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.ir.IrPrinter;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.RecordedHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of the command line change in the compiler. */
class SwitchesTest {
    private static final Switches GURU = new Switches(true, true, true, false, Privilege.STAPDEV, 0, Map.of());
    private static final Switches PLAIN = new Switches(false, false, true, false, Privilege.STAPDEV, 0, Map.of());
    private static final Switches QUIET = new Switches(false, true, false, false, Privilege.STAPDEV, 0, Map.of());
    private static final Switches LENIENT = new Switches(false, true, true, true, Privilege.STAPDEV, 0, Map.of());
    private static final Switches USER = new Switches(false, true, true, false, Privilege.STAPUSR, 1000, Map.of());

    private static Switches globals(String... pairs) {
        var values = new java.util.HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return new Switches(false, true, true, false, Privilege.STAPDEV, 0, values);
    }

    private static String compiled(String script, Switches switches) {
        var options = new CompileOptions(List.of(), false, null, Limits.DEFAULT, switches);
        return switch (Compiler.compile(new SourceText("s.stp", script), new RecordedHost(), options)) {
            case Compilation.Compiled done -> IrPrinter.print(done.plan());
            case Compilation.Rejected(var diagnostics) -> DiagnosticRenderer.render(diagnostics);
        };
    }

    @Test
    void aGlobalStartsWithTheValueOfTheCommandLine() {
        assertThat(compiled("global n probe begin { println(n) }", globals("n", "0x10")))
                .startsWith("global n: long user = 16");
        assertThat(compiled("global n = 5 probe begin { println(n) }", globals("n", "-7")))
                .startsWith("global n: long user = -7");
        assertThat(compiled("global s probe begin { println(s) }", globals("s", "a=\"b\"")))
                .contains(" = \"a=\\\"b\\\"\"");
        assertThat(compiled("global s = \"x\" probe begin { println(s) }", globals("s", "5")))
                .contains(" = \"5\"");
    }

    @Test
    void aValueForWhatIsNoScalarGlobalIsRefused() {
        assertThat(compiled("global n probe begin { println(n) }", globals("m", "1")))
                .startsWith("error[E0322]: the script has no global `m` for -G m=1\n  --> s.stp:1:1")
                .contains("its globals: n");
        assertThat(compiled("global a[10] probe begin { a[1] = 2 }", globals("a", "1")))
                .startsWith("error[E0322]: `a` is an array, which -G cannot set\n  --> s.stp:1:8");
        assertThat(compiled("global a probe begin { println(a[1]) } probe end { a[1] = 2 }", globals("a", "1")))
                .contains("error[E0322]: `a` is an array, which -G cannot set");
    }

    @Test
    void nothingIsLeftOutWithoutOptimisation() {
        var script = "probe begin { x = 1 / 0 }";
        assertThat(compiled(script, Switches.DEFAULT)).doesNotContain("x = ");
        assertThat(compiled(script, PLAIN)).contains("x = ");
    }

    @Test
    void globalsThatNobodyReadsStaySilent() {
        var script = "global n probe process.syscall { n++ }";
        assertThat(compiled(script, Switches.DEFAULT)).contains("displayed");
        assertThat(compiled(script, QUIET)).doesNotContain("displayed");
    }

    @Test
    void aVariableThatIsNotThereIsZero() {
        var script = "probe process.syscall.return { printf(\"%d %s\", $nosuch, $$vars) }";
        assertThat(compiled(script, Switches.DEFAULT)).contains("error[E0304]");
        assertThat(compiled(script, LENIENT)).doesNotContain("error").contains("print");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "end",
                "error",
                "never",
                "timer.s(1)",
                "process.begin",
                "process.syscall",
                "process(\"ls\").end"
            })
    void anOrdinaryUserMayProbe(String point) {
        assertThat(compiled("probe " + point + " { println(1) }", USER)).doesNotContain("error[");
    }

    @ParameterizedTest
    @ValueSource(strings = {"syscall.read", "timer.profile"})
    void anOrdinaryUserMayNotProbe(String point) {
        assertThat(compiled("probe " + point + " { println(1) }", USER)).containsPattern("error\\[E0(323|604)\\]");
    }

    @Test
    void anOrdinaryUserReadsNoMemoryOfTheKernel() {
        assertThat(compiled("probe process.syscall { println(kernel_string($arg1)) }", USER))
                .startsWith("error[E0323]: the memory of the kernel needs more than the privilege stapusr")
                .contains("--> s.stp:1:33");
        assertThat(compiled("probe process.syscall { println(user_string($arg1)) }", USER))
                .doesNotContain("error[");
    }

    @Test
    void anOrdinaryUserSeesOnlyOwnProcesses() {
        assertThat(compiled("global n probe process.syscall { n++ }", USER)).contains("uid != 1000");
        assertThat(compiled("probe begin { println(1) }", USER)).doesNotContain("uid");
    }

    @Test
    void thePreprocessorKnowsPrivilegeAndGuruMode() {
        var script = "probe begin { %( guru_mode == 1 %? println(\"guru\") %: println(\"plain\") %) "
                + "%( systemtap_privilege == \"stapusr\" %? println(\"user\") %) }";
        assertThat(compiled(script, Switches.DEFAULT)).contains("plain").doesNotContain("user\\n");
        assertThat(compiled(script, GURU)).contains("\"guru");
        assertThat(compiled(script, USER)).contains("\"user");
    }
}
