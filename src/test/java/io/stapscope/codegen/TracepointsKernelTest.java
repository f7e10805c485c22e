package io.stapscope.codegen;

import static io.stapscope.codegen.Script.context;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class TracepointsKernelTest {
    private static final int GETPPID = 110;
    private static final int CALLS = 20_000;

    private final Script script = new Script();

    private static ProbePoint tracepoint(String name) {
        return new ProbePoint.Tracepoint("kernel.trace(\"" + name + "\")", name);
    }

    private static Statement ofDriver(Statement... body) {
        var isDriver = new Expression.Compare(
                Ir.HERE,
                Expression.Relation.EQUAL,
                context(ContextValue.EXECNAME),
                new Expression.StringLiteral(Ir.HERE, "driver"));
        return Ir.when(isDriver, body);
    }

    private static Expression argument(int index) {
        return new Expression.TraceArgument(Ir.HERE, index);
    }

    private static Expression plus(Expression address, String struct, String member) {
        int offset = KernelRun.HOST.types().offset(struct, member);
        return new Expression.Binary(Ir.HERE, Expression.BinaryOperator.ADD, address, Ir.number(offset));
    }

    private static Expression word(Expression address) {
        return new Expression.Load(Ir.HERE, Space.KERNEL, address, 4, true, 0, 32);
    }

    @Test
    void severalHandlersOfOneTracepointShareAProgramAndSeeItsArguments() {
        var calls = script.scalar();
        var numbers = script.array(1000, Type.LONG);
        var isGetppid = Ir.compare(Expression.Relation.EQUAL, argument(1), Ir.number(GETPPID));
        script.at(tracepoint("sys_enter"), List.of(), ofDriver(Ir.when(isGetppid, Ir.add(calls, Ir.number(1), null))));
        script.at(tracepoint("sys_enter"), List.of(), ofDriver(Ir.add(numbers, Ir.number(1), null, argument(1))));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(CALLS), "2");
            run.detach();

            assertThat(run.generated().programs()).hasSize(1);
            assertThat(run.scalar(calls)).isEqualTo(2 * CALLS);
            assertThat(run.array(numbers)).containsEntry(List.of((Object) (long) GETPPID), 2L * CALLS);
        }
    }

    @Test
    void memoryBehindArgumentsAndBehindTheTaskIsRead() {
        int forks = 200;
        var children = script.array(1000, Type.LONG);
        var own = script.scalar();
        var task = context(ContextValue.TASK);
        var isOwn = Ir.compare(
                Expression.Relation.EQUAL, word(plus(task, "task_struct", "pid")), context(ContextValue.TID));
        script.at(
                tracepoint("sched_process_fork"),
                List.of(),
                ofDriver(
                        Ir.add(children, Ir.number(1), null, word(plus(argument(1), "task_struct", "tgid"))),
                        Ir.when(isOwn, Ir.add(own, Ir.number(1), null))));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("fork", Integer.toString(forks), "0");
            run.detach();

            assertThat(run.array(children)).hasSize(forks).allSatisfy((_, count) -> assertThat(count)
                    .isEqualTo(1));
            assertThat(run.scalar(own)).isEqualTo(forks);
            assertThat(run.counter(Counter.READ_FAULTS)).isZero();
        }
    }

    @Test
    void anAddressThatCannotBeReadIsASoftErrorWithItsPlace() {
        var after = script.scalar();
        var broken = word(Ir.number(16));
        script.at(
                tracepoint("sched_process_fork"),
                List.of(),
                ofDriver(Ir.add(after, broken, null), Ir.add(after, Ir.number(1), null)));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("fork", "1", "0");
            run.detach();

            assertThat(run.scalar(after)).isZero();
            assertThat(run.counter(Counter.READ_FAULTS)).isEqualTo(1);
            assertThat(run.counter(Counter.SOFT_ERRORS)).isEqualTo(1);
            assertThat(run.events()).singleElement().satisfies(event -> assertThat(event.values())
                    .containsExactly(16L));
        }
    }

    @Test
    void ourOwnHitsAreSkippedAndCountedWhereAHandlerSendsWhatItSees() {
        var isOwn = Script.is(ContextValue.PID, ProcessHandle.current().pid());
        script.at(tracepoint("sys_enter"), List.of(), Ir.when(isOwn, Ir.print(Ir.number(1))));

        try (var run = KernelRun.attach(script.plan())) {
            for (int i = 0; i < 100; i++) {
                LockSupport.parkNanos(1);
            }
            run.detach();

            assertThat(run.events()).isEmpty();
            assertThat(run.counter(Counter.SKIPPED_SELF)).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void everyPageFaultOfAProgramIsASample() {
        int pages = 20_000;
        var faults = script.scalar();
        var everyone = new Target.Everyone();
        var driver = Driver.target(KernelRun.HOST);
        var others = script.scalar();
        script.at(
                new ProbePoint.Sampling("perf", 1, 5, false, 1, driver), List.of(), Ir.add(faults, Ir.number(1), null));
        script.at(
                new ProbePoint.Sampling("perf", 1, 5, false, 1, everyone),
                List.of(),
                Ir.add(others, Ir.number(1), null));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("touch", Integer.toString(pages));
            run.detach();

            assertThat(run.scalar(faults)).isBetween((long) pages, pages + 400L);
            assertThat(run.scalar(others)).isGreaterThanOrEqualTo(run.scalar(faults));
        }
    }

    @Test
    void theClockSamplesEveryCpu() {
        var samples = script.array(100, Type.LONG);
        var everyone = new Target.Everyone();
        script.at(
                new ProbePoint.Sampling("timer.profile", 1, 0, false, 1_000_000, everyone),
                List.of(),
                Ir.add(samples, Ir.number(1), null, context(ContextValue.CPU)));

        try (var run = KernelRun.attach(script.plan())) {
            // An idle CPU may sleep through its ticks: how long it takes is the machine's business.
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            long sum = 0;
            while (sum <= 150 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
                sum = run.counter(Counter.SKIPPED_SELF)
                        + run.array(samples).values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
            }
            run.detach();

            assertThat(run.array(samples)).isNotEmpty();
            assertThat(sum).isGreaterThan(150);
        }
    }
}
