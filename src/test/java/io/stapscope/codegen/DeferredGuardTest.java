package io.stapscope.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compile;
import io.stapscope.compiler.ir.IrPrinter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeferredGuardTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "probe syscall.* { if (pid() == target()) println(argstr) } | (pid == target)",
                "probe syscall.read { if (pid() == 7 && fd > 2) println(argstr, name) } | ((pid == 7) && ((($arg1 << 32) >> 32) > 2))",
                "probe syscall.read { if (pid() == 7 && $arg1 > 2) println(argstr, name) } | ((pid == 7) && ($arg1 > 2))",
                "probe syscall.read { if (pid() == 7) println(argstr); else println(name) } |",
                "probe syscall.read { println(name); if (pid() == 7) println(argstr) } |",
                "global on probe syscall.read { if (on) println(argstr) } probe begin { on = 1 } |",
                "probe syscall.read { if (1 / pid()) println(argstr) } |",
            })
    void aConditionOfTheHitKeepsItFromBeingSent(String script, String guard) {
        var handler = Compile.plan(script).handlers().getFirst();

        assertThat(DeferredGuard.of(handler).map(IrPrinter::print).orElse(null)).isEqualTo(guard);
    }
}
