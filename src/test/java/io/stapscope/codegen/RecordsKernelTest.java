package io.stapscope.codegen;

import static io.stapscope.codegen.Script.context;
import static io.stapscope.codegen.Script.is;
import static io.stapscope.codegen.Script.onGetppid;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.RecordSpec.Kind;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class RecordsKernelTest {
    private static final int OPENAT = 257;

    private final Script script = new Script();
    private final Target driver = Driver.target(KernelRun.HOST);

    private static Expression userString(Expression address) {
        return new Expression.Builtin(Ir.HERE, BuiltinFunction.USER_STRING, List.of(address));
    }

    private static Statement onOpenOf(String suffixOfPath, Statement... body) {
        var path = userString(new Expression.Argument(Ir.HERE, 2));
        var same = Ir.compare(Expression.Relation.EQUAL, path, Ir.text(suffixOfPath));
        return Ir.when(is(ContextValue.SYSCALL, OPENAT), Ir.when(same, body));
    }

    @Test
    void printedArgumentsAreThoseOfTheCall() {
        script.on(
                Event.SYSCALL,
                driver,
                onOpenOf(
                        "/nonexistent/stapscope",
                        Ir.print(
                                context(ContextValue.EXECNAME),
                                userString(new Expression.Argument(Ir.HERE, 2)),
                                new Expression.Argument(Ir.HERE, 1),
                                context(ContextValue.SYSCALL))));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("open", "/nonexistent/stapscope", "5");
            run.detach();
            assertThat(run.events()).hasSize(5).allSatisfy(event -> {
                assertThat(event.spec().kind()).isEqualTo(Kind.PRINT);
                assertThat((int) (long) event.values().get(2)).isEqualTo(-100);
                assertThat(event.values().get(1)).isEqualTo("/nonexistent/stapscope");
                assertThat(event.values().get(0)).isEqualTo("driver");
                assertThat(event.values().get(3)).isEqualTo((long) OPENAT);
            });
        }
    }

    @Test
    void entryStringsAndResultsMeetAtTheReturn() {
        var entry = new Expression.Entry(Ir.HERE, 0, Type.STRING);
        var orElse = new Expression.Builtin(
                Ir.HERE,
                BuiltinFunction.USER_STRING_OR,
                List.of(new Expression.Argument(Ir.HERE, 2), Ir.text("unreadable")));
        script.handler(
                Event.SYSCALL_RETURN,
                driver,
                List.of(),
                List.of(orElse),
                Ir.when(
                        Ir.compare(Expression.Relation.EQUAL, entry, Ir.text("/nonexistent/stapscope")),
                        Ir.print(entry, context(ContextValue.RETURN))));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("open", "/nonexistent/stapscope", "3");
            run.detach();
            assertThat(run.events())
                    .extracting(KernelRun.Event::values)
                    .containsOnly(List.of("/nonexistent/stapscope", -2L))
                    .hasSize(3);
            assertThat(run.counter(Counter.READ_FAULTS)).isPositive();
        }
    }

    @Test
    void deferredHandlersSendTheirCaptures() {
        script.deferred(Event.BEGIN, driver, context(ContextValue.PID), context(ContextValue.EXECNAME), Ir.number(7));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            var event = run.events().getFirst();
            assertThat(event.spec().kind()).isEqualTo(Kind.DEFERRED);
            assertThat(event.values()).containsExactly((long) event.process(), "driver", 7L);
        }
    }

    @Test
    void exitLetsTheHandlerFinishAndNoOtherStart() {
        script.on(
                Event.SYSCALL,
                driver,
                onGetppid(Ir.print(Ir.number(1)), new Statement.Exit(Ir.HERE), Ir.print(Ir.number(2))));
        script.on(Event.SYSCALL, driver, onGetppid(Ir.print(Ir.number(3))));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", "1000", "1");
            run.detach();
            assertThat(run.state()).isEqualTo(SessionLayout.EXITING);
            assertThat(run.events())
                    .extracting(event -> event.spec().kind())
                    .containsExactly(Kind.PRINT, Kind.EXIT, Kind.PRINT);
        }
    }

    @Test
    void softErrorsLeaveTheHandlerAndEndTheRunWhenTooMany() {
        script.limits(new Limits(512, 2048, 1000, 10_000, 16, 2, 100));
        var ok = script.scalar();
        var zero = Ir.read(script.scalar());
        script.on(
                Event.SYSCALL,
                driver,
                onGetppid(
                        Ir.print(Ir.binary(BinaryOperator.DIVIDE, Ir.number(1), zero)),
                        Ir.add(ok, Ir.number(1), null)));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", "1000", "1");
            run.detach();
            assertThat(run.scalar(ok)).isZero();
            assertThat(run.state()).isEqualTo(SessionLayout.ERROR);
            assertThat(run.counter(Counter.SOFT_ERRORS)).isEqualTo(3);
            assertThat(run.events()).hasSize(3).allSatisfy(event -> assertThat(
                            KernelRun.text(event.spec().format()))
                    .startsWith("division by 0 near operator '/' at test.stp:1:1"));
        }
    }

    @Test
    void raisedErrorsAndWarningsCarryTheirText() {
        script.on(
                Event.BEGIN,
                driver,
                new Statement.Warn(Ir.HERE, context(ContextValue.EXECNAME)),
                new Statement.Raise(Ir.HERE, Ir.text("stop here")),
                Ir.print(Ir.number(1)));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            assertThat(run.events())
                    .extracting(KernelRun.Event::values)
                    .containsExactly(List.of("driver"), List.of("stop here"));
            assertThat(run.state()).isEqualTo(SessionLayout.ERROR);
        }
    }

    @Test
    void anUnreadableAddressIsASoftErrorWithTheAddress() {
        script.on(Event.BEGIN, driver, Ir.print(userString(Ir.number(0x123))));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            var event = run.events().getFirst();
            assertThat(event.values()).containsExactly(0x123L);
            assertThat(KernelRun.text(event.spec().format())).startsWith("read fault at 0x% near identifier");
            assertThat(run.counter(Counter.READ_FAULTS)).isEqualTo(1);
        }
    }

    @Test
    void aFullRingLosesEventsAndCountsThem() {
        script.on(Event.SYSCALL, driver, onGetppid(Ir.print(Ir.number(1), Ir.number(2))));
        int calls = 600_000;
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(calls), "1");
            run.detach();
            long sent = run.events().size();
            assertThat(run.counter(Counter.LOST_EVENTS)).isPositive();
            assertThat(sent + run.counter(Counter.LOST_EVENTS)).isEqualTo(calls);
        }
    }
}
