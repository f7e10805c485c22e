package io.stapscope.codegen;

import static io.stapscope.codegen.Script.context;
import static io.stapscope.codegen.Script.onGetppid;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Global.LinearScale;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import io.stapscope.statistics.Buckets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class GlobalsKernelTest {
    private final Script script = new Script();
    private final Target driver = Driver.target(KernelRun.HOST);

    @Test
    void bucketsOfEdgeValuesAreThoseOfJava() {
        var values = new ArrayList<Long>();
        for (int bit = 0; bit < 64; bit++) {
            for (long delta = -1; delta <= 1; delta++) {
                values.add((1L << bit) + delta);
                values.add(-(1L << bit) + delta);
            }
        }
        values.add(123_456_789L);
        var inputs = script.array(1000, Type.LONG);
        var statistic = script.statistic(1);
        var expected = new TreeMap<Integer, Long>();
        var feeds = new ArrayList<Statement>();
        for (long value : values) {
            expected.merge(Buckets.of(value), 1L, Long::sum);
            // Through a map, so that the verifier checks the bucket of an unknown value.
            feeds.add(Ir.set(inputs, Ir.number(value), Ir.number(0)));
            feeds.add(Ir.feed(statistic, Ir.read(inputs, Ir.number(0))));
            if (feeds.size() == 80) {
                script.on(Event.BEGIN, driver, feeds.toArray(Statement[]::new));
                feeds.clear();
            }
        }
        script.on(Event.BEGIN, driver, feeds.toArray(Statement[]::new));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            var aggregate = run.statistic(statistic).get(List.of());
            assertThat(aggregate.buckets).isEqualTo(expected);
            assertThat(aggregate.count).isEqualTo(values.size());
            assertThat(aggregate.sum)
                    .isEqualTo(values.stream().mapToLong(Long::longValue).sum());
            assertThat(aggregate.min).isEqualTo(Long.MIN_VALUE);
            assertThat(aggregate.max).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void linearScalesCountBelowAboveAndBetween() {
        var statistic = script.linear(new LinearScale(10, 30, 10));
        script.on(
                Event.BEGIN,
                driver,
                Ir.feed(statistic, Ir.number(9)),
                Ir.feed(statistic, Ir.number(10)),
                Ir.feed(statistic, Ir.number(19)),
                Ir.feed(statistic, Ir.number(30)),
                Ir.feed(statistic, Ir.number(31)),
                Ir.feed(statistic, Ir.number(32)));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            assertThat(run.statistic(statistic).get(List.of()).linear).containsExactly(1L, 2L, 2L, 0L, 1L);
        }
    }

    @Test
    void elementsAreSetReadFoundAndDeleted() {
        var numbers = script.array(10, Type.LONG);
        var words = script.strings(10, Type.STRING);
        var name = context(ContextValue.EXECNAME);
        var result = new Local(0, "r", Type.LONG, 8);
        var seven = Ir.number(7);
        script.handler(
                Event.BEGIN,
                driver,
                List.of(result),
                List.of(),
                Ir.print(Ir.read(numbers, seven), contains(numbers, seven), Ir.read(words, name)),
                Ir.set(numbers, Ir.number(-5), seven),
                Ir.add(numbers, Ir.number(8), result, seven),
                Ir.set(words, Ir.text("first"), name),
                Ir.set(words, new Expression.Concatenate(Ir.HERE, Ir.read(words, name), Ir.text("+")), name),
                Ir.print(Ir.read(numbers, seven), contains(numbers, seven), Ir.read(words, name), Ir.read(result)),
                new Statement.DeleteElement(Ir.HERE, numbers, List.of(seven)),
                Ir.print(Ir.read(numbers, seven), contains(numbers, seven)));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            assertThat(run.events())
                    .extracting(KernelRun.Event::values)
                    .containsExactly(List.of(0L, 0L, ""), List.of(3L, 1L, "first+", 3L), List.of(0L, 0L));
        }
    }

    private static Expression contains(Global global, Expression key) {
        return new Expression.Contains(Ir.HERE, global, List.of(key));
    }

    @Test
    void anIncreasedScalarGivesEachValueOnce() {
        var counter = script.scalar();
        var seen = script.array(5000, Type.LONG);
        var result = new Local(0, "r", Type.LONG, 8);
        script.handler(
                Event.SYSCALL,
                driver,
                List.of(result),
                List.of(),
                onGetppid(Ir.add(counter, Ir.number(1), result), Ir.add(seen, Ir.number(1), null, Ir.read(result))));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", "2000", "2");
            run.detach();
            assertThat(run.array(seen)).hasSize(4000);
            assertThat(run.array(seen).values()).containsOnly(1L);
        }
    }

    @Test
    void aFullArrayIsASoftErrorAndCounted() {
        var array = script.array(4, Type.LONG);
        var counter = script.scalar();
        var result = new Local(0, "r", Type.LONG, 8);
        script.handler(
                Event.SYSCALL,
                driver,
                List.of(result),
                List.of(),
                onGetppid(Ir.add(counter, Ir.number(1), result), Ir.set(array, Ir.number(1), Ir.read(result))));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", "100", "1");
            run.detach();
            assertThat(run.array(array)).hasSize(4);
            assertThat(run.counter(Counter.LOST_KEYS)).isEqualTo(1);
            assertThat(run.state()).isEqualTo(SessionLayout.ERROR);
            assertThat(KernelRun.text(run.events().getFirst().spec().format()))
                    .startsWith("Array overflow, check size limit (4) near identifier 'g0'");
        }
    }

    @Test
    void keysWithoutRoomAreCountedTogether() {
        var statistic = script.statistic(4, Type.LONG);
        var counter = script.scalar();
        var result = new Local(0, "r", Type.LONG, 8);
        script.handler(
                Event.SYSCALL,
                driver,
                List.of(result),
                List.of(),
                onGetppid(
                        Ir.add(counter, Ir.number(1), result),
                        Ir.feed(
                                statistic,
                                Ir.number(3),
                                Ir.binary(BinaryOperator.MODULO, Ir.read(result), Ir.number(10)))));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", "1000", "2");
            run.detach();
            var series = run.statistic(statistic);
            assertThat(series).hasSize(5).containsKey(List.<Object>of("(other)"));
            assertThat(series.get(List.<Object>of("(other)")).count).isEqualTo(1200);
            assertThat(series.values()).extracting(aggregate -> aggregate.count).contains(200L);
            assertThat(run.counter(Counter.LOST_KEYS)).isEqualTo(1200);
        }
    }

    @Test
    void manyHandlersGoIntoSeveralPrograms() {
        var scalar = script.scalar();
        for (int i = 0; i < 40; i++) {
            script.on(Event.SYSCALL, driver, onGetppid(Ir.add(scalar, Ir.number(1), null)));
        }
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", "100", "1");
            run.detach();
            assertThat(run.generated().programs()).hasSizeGreaterThan(2);
            assertThat(run.scalar(scalar)).isEqualTo(4000);
        }
    }
}
