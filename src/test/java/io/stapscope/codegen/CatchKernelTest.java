package io.stapscope.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class CatchKernelTest {
    private static final int CALLS = 1000;

    private final Script script = new Script();
    private final Local message = new Local(0, "message", Type.STRING, 64);
    private final Local zero = new Local(1, "zero", Type.LONG, 8);

    private Statement attempt(Statement body, Statement... handler) {
        return new Statement.Try(Ir.HERE, Ir.block(body), message, Ir.block(handler));
    }

    @Test
    void errorsGoToTheNearestCatchWithTheirText() {
        var caught = script.names(20, 64);
        var after = script.scalar();
        var full = script.array(1, Type.LONG);
        var count = Ir.add(caught, Ir.number(1), null, Ir.read(message));
        var division = Ir.add(after, Ir.binary(Expression.BinaryOperator.DIVIDE, Ir.number(1), Ir.read(zero)), null);
        var fault = Ir.add(after, new Expression.Load(Ir.HERE, Space.KERNEL, Ir.number(0x20), 8, false, 0, 64), null);
        var nested = new Statement.Try(
                Ir.HERE,
                Ir.block(attempt(division, new Statement.Raise(Ir.HERE, Ir.text("from the catch")))),
                message,
                Ir.block(count));
        script.handler(
                Event.SYSCALL,
                Driver.target(KernelRun.HOST),
                List.of(message, zero),
                List.of(),
                Script.onGetppid(
                        attempt(division, count),
                        attempt(fault, count),
                        attempt(new Statement.Raise(Ir.HERE, Ir.text("mine")), count),
                        nested,
                        Ir.add(full, Ir.number(1), null, Ir.number(1)),
                        attempt(Ir.add(full, Ir.number(1), null, Ir.number(2)), count),
                        Ir.add(after, Ir.number(1), null)));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            run.detach();

            assertThat(run.array(caught))
                    .containsOnlyKeys(
                            List.of("division by 0"),
                            List.of("read fault [man error::fault] at 0x0000000000000020"),
                            List.of("mine"),
                            List.of("from the catch"),
                            List.of("Array overflow, check size limit (1)"))
                    .allSatisfy((_, times) -> assertThat(times).isEqualTo(CALLS));
            assertThat(run.scalar(after)).isEqualTo(CALLS);
            assertThat(run.counter(Counter.SOFT_ERRORS)).isZero();
        }
    }

    @Test
    void textsAreFormattedInTheKernel() {
        var texts = script.names(20, 64);
        var pieces = List.<Format.Piece>of(
                new Format.Text("100% "),
                Format.Directive.plain(Format.Conversion.STRING),
                new Format.Text("/"),
                Format.Directive.plain(Format.Conversion.DECIMAL),
                new Format.Text(" "),
                Format.Directive.plain(Format.Conversion.HEX));
        var text = new Expression.Formatted(
                Ir.HERE,
                new Format(pieces),
                List.of(Script.context(ContextValue.EXECNAME), Ir.number(Long.MIN_VALUE), Ir.number(-1)));
        script.on(
                Event.SYSCALL,
                Driver.target(KernelRun.HOST),
                Script.onGetppid(Ir.add(texts, Ir.number(1), null, text)));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            run.detach();

            assertThat(run.array(texts))
                    .containsOnlyKeys(List.<Object>of("100% driver/-9223372036854775808 ffffffffffffffff"));
        }
    }
}
