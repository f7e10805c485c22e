package io.stapscope.codegen;

import static io.stapscope.codegen.Script.context;
import static io.stapscope.codegen.Script.onGetppid;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class CountsKernelTest {
    private static final int CALLS = 100_000;

    private final Script script = new Script();
    private final io.stapscope.compiler.ir.ProbePoint.Target driver = Driver.target(KernelRun.HOST);

    @Test
    void scalarsArraysAndStatisticsCountEveryCallOfTwoThreads() {
        var scalar = script.scalar();
        var array = script.array(10, Type.STRING, Type.LONG);
        var statistic = script.statistic(10, Type.STRING);
        var syscall = context(ContextValue.SYSCALL);
        var name = context(ContextValue.EXECNAME);
        script.on(
                Event.SYSCALL,
                driver,
                onGetppid(
                        Ir.add(scalar, Ir.number(1), null),
                        Ir.add(array, Ir.number(2), null, name, syscall),
                        Ir.feed(statistic, syscall, name)));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(CALLS), "2");
            run.detach();

            assertThat(run.scalar(scalar)).isEqualTo(2 * CALLS);
            assertThat(run.array(array)).containsOnlyKeys(List.of(List.<Object>of("driver", 110L)));
            assertThat(run.array(array).values()).containsExactly(4L * CALLS);
            var aggregate = run.statistic(statistic).get(List.<Object>of("driver"));
            assertThat(aggregate.count).isEqualTo(2 * CALLS);
            assertThat(aggregate.sum).isEqualTo(110L * 2 * CALLS);
            assertThat(aggregate.bucketTotal()).isEqualTo(2 * CALLS);
            assertThat(run.hits()).isGreaterThan(2 * CALLS);
            assertThat(run.counter(Counter.LOST_KEYS)).isZero();
            assertThat(run.counter(Counter.LOST_UPDATES)).isZero();
        }
    }

    @Test
    void latencyByProcessAndCallHasOneValueForEachCall() {
        var latency = script.statistic(100, Type.LONG, Type.LONG);
        var now = context(ContextValue.TIME_NANOS);
        var entry = new Expression.Entry(Ir.HERE, 0, Type.LONG);
        script.handler(
                Event.SYSCALL_RETURN,
                driver,
                List.of(),
                List.of(now),
                Ir.feed(
                        latency,
                        Ir.binary(Expression.BinaryOperator.SUBTRACT, now, entry),
                        context(ContextValue.PID),
                        context(ContextValue.SYSCALL)));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(CALLS), "2");
            run.detach();

            var getppid = run.statistic(latency).entrySet().stream()
                    .filter(entryOf -> entryOf.getKey().get(1).equals(110L))
                    .map(java.util.Map.Entry::getValue)
                    .toList();
            assertThat(getppid).hasSize(1);
            assertThat(getppid.getFirst().count).isEqualTo(2 * CALLS);
            assertThat(getppid.getFirst().bucketTotal()).isEqualTo(2 * CALLS);
            assertThat(getppid.getFirst().min).isPositive();
            assertThat(getppid.getFirst().max).isGreaterThanOrEqualTo(getppid.getFirst().min);
        }
    }
}
