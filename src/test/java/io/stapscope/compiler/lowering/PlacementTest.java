package io.stapscope.compiler.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compilation;
import io.stapscope.compiler.Compile;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.Host;
import io.stapscope.host.RecordedHost;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
    private static final String GLOBALS = "global a, w%, s, n\n";

    private static Handler.Place placeOf(String body) {
        var handlers =
                Compile.plan(GLOBALS + "probe process.syscall { " + body + " }").handlers();
        return handlers.getFirst().place();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a[pid()]++",
                "s[execname(), $syscall] <<< $arg3",
                "if (n++ > 100) exit()",
                "while (n < 10) n++",
                "a[1] = 2; delete a[1]; n = 1; delete n",
                "printf(\"%-16s %5d %s\\n\", execname(), pid(), $$parms)",
                "a[execname()] = user_string($arg1, \"\")",
                "if (!(pid() in a)) a[pid()] = 1",
            })
    void whatTheKernelCanDoRunsAtTheHit(String body) {
        assertThat(placeOf(body)).isEqualTo(Handler.Place.KERNEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a[1] = 1; foreach (k in a) println(k)",
                "s <<< 1; println(@count(s))",
                "s <<< 1; print(@hist_log(s))",
                "w[pid()] = 1",
                "a[sprintf(\"%5d\", pid())] = 1",
                "a[1, 2] = 1; delete a[1, *]",
                "a[1, 2] = 1; if ([*, 2] in a) exit()",
                "a[1] = 1; delete a",
                "s[1] <<< 1; delete s[1]",
                "s[1] <<< 1; if (1 in s) exit()",
            })
    void whatItCannotDoIsDeferred(String body) {
        assertThat(placeOf(body)).isEqualTo(Handler.Place.DEFERRED);
    }

    @Test
    void globalsLiveInTheKernelOnlyWhenAKernelHandlerTouchesThem() {
        var plan = Compile.plan("""
                global calls, shown
                function count() { calls++ }
                probe process.syscall { count() }
                probe timer.s(1) { shown = calls }
                probe end { println(shown) }
                """);
        assertThat(plan.globals()).extracting(Global::place).containsExactly(Global.Place.KERNEL, Global.Place.USER);
    }

    @Test
    void stringsAreComparedInTheKernelOnlyWhereItCan() {
        var old = new RecordedHost(Set.of());
        assertThat(placeOf("if (\"sh\" == execname()) exit()", old)).isEqualTo(Handler.Place.KERNEL);
        assertThat(placeOf("if (user_string($arg1) == \"x\") exit()", old)).isEqualTo(Handler.Place.DEFERRED);
        assertThat(placeOf("if (user_string($arg1) == \"x\") exit()")).isEqualTo(Handler.Place.KERNEL);
    }

    private static Handler.Place placeOf(String body, Host host) {
        var source = new SourceText("script.stp", "probe process.syscall { " + body + " }");
        var compiled = (Compilation.Compiled) Compiler.compile(source, host, CompileOptions.defaults());
        return compiled.plan().handlers().getFirst().place();
    }

    @Test
    void otherProbesRunInUserSpace() {
        var plan = Compile.plan("probe begin, end, error, never, timer.ms(5) { println(pp()) }");
        assertThat(plan.handlers()).extracting(Handler::place).containsOnly(Handler.Place.USER);
    }
}
