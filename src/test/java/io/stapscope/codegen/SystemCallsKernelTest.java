package io.stapscope.codegen;

import static io.stapscope.codegen.Script.context;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.ir.TextTable;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class SystemCallsKernelTest {
    private static final int GETPPID = 110;
    private static final int CALLS = 20_000;

    private final Script script = new Script();

    private static ProbePoint entry(Integer... numbers) {
        return new ProbePoint.SystemCall("syscall", false, List.of(numbers));
    }

    private static ProbePoint back(Integer... numbers) {
        return new ProbePoint.SystemCall("syscall.return", true, List.of(numbers));
    }

    /** Only the driver, whatever else the machine does. */
    private static Statement ofDriver(Statement... body) {
        var isDriver = new Expression.Compare(
                Ir.HERE,
                Expression.Relation.EQUAL,
                context(ContextValue.EXECNAME),
                new Expression.StringLiteral(Ir.HERE, "driver"));
        return Ir.when(isDriver, body);
    }

    @Test
    void eachKindOfSetCountsItsCallsOnly() {
        var one = script.scalar();
        var few = script.scalar();
        var many = script.scalar();
        var others = script.scalar();
        var all = script.array(1000, Type.LONG);
        var set = IntStream.range(100, 120).boxed().toArray(Integer[]::new);
        var complement =
                IntStream.range(0, 500).filter(n -> n != GETPPID).boxed().toArray(Integer[]::new);
        script.at(entry(GETPPID), List.of(), ofDriver(Ir.add(one, Ir.number(1), null)));
        script.at(entry(39, GETPPID, 111), List.of(), ofDriver(Ir.add(few, Ir.number(1), null)));
        script.at(entry(set), List.of(), ofDriver(Ir.add(many, Ir.number(1), null)));
        script.at(entry(complement), List.of(), ofDriver(Ir.add(others, Ir.number(1), null)));
        script.at(entry(), List.of(), ofDriver(Ir.add(all, Ir.number(1), null, context(ContextValue.SYSCALL))));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            run.detach();

            assertThat(run.scalar(one)).isEqualTo(CALLS);
            assertThat(run.scalar(few)).isEqualTo(CALLS);
            var byNumber = run.array(all);
            assertThat(byNumber).containsEntry(List.of((Object) (long) GETPPID), (long) CALLS);
            assertThat(run.scalar(many)).isEqualTo(sum(byNumber, List.of(set)));
            assertThat(run.scalar(others)).isEqualTo(sum(byNumber, List.of(complement)));
        }
    }

    private static long sum(java.util.Map<List<Object>, Long> byNumber, List<Integer> numbers) {
        return numbers.stream()
                .mapToLong(number -> byNumber.getOrDefault(List.of((Object) (long) number), 0L))
                .sum();
    }

    @Test
    void returnsSeeTheValuesOfTheirEntriesThoughHandlersOfOtherCallsShareTheMemory() {
        var right = script.scalar();
        var wrong = script.scalar();
        var number = context(ContextValue.SYSCALL);
        for (int call = 0; call < 300; call++) {
            var matches = Ir.compare(
                    Expression.Relation.EQUAL,
                    new Expression.Entry(Ir.HERE, 0, Type.LONG),
                    context(ContextValue.SYSCALL));
            script.at(
                    back(call),
                    List.of(number),
                    ofDriver(
                            Ir.when(matches, Ir.add(right, Ir.number(1), null)),
                            Ir.when(
                                    new Expression.Unary(Ir.HERE, Expression.UnaryOperator.NOT, matches),
                                    Ir.add(wrong, Ir.number(1), null))));
        }

        try (var run = KernelRun.attach(script.plan())) {
            assertThat(run.generated().layouts().tasks().size()).isEqualTo(16);
            Driver.run("sys", Integer.toString(CALLS), "2");
            run.detach();

            assertThat(run.scalar(right)).isGreaterThanOrEqualTo(2 * CALLS);
            assertThat(run.scalar(wrong)).isZero();
        }
    }

    @Test
    void sevenHundredHandlersLoadAndEachCountsItsCall() {
        var counts = new ArrayList<io.stapscope.compiler.ir.Global>();
        for (int call = 0; call < 350; call++) {
            var count = script.scalar();
            counts.add(count);
            script.at(entry(call), List.of(), ofDriver(Ir.add(count, Ir.number(1), null)));
            var latency = new Expression.Binary(
                    Ir.HERE,
                    Expression.BinaryOperator.SUBTRACT,
                    context(ContextValue.TIME_NANOS),
                    new Expression.Entry(Ir.HERE, 0, Type.LONG));
            script.at(
                    back(call),
                    List.of(context(ContextValue.TIME_NANOS)),
                    ofDriver(Ir.when(
                            Ir.compare(Expression.Relation.GREATER, latency, Ir.number(0)),
                            Ir.add(count, Ir.number(1), null))));
        }

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            run.detach();

            assertThat(run.scalar(counts.get(GETPPID))).isEqualTo(2 * CALLS);
            assertThat(run.generated().programs()).hasSizeLessThanOrEqualTo(4);
            assertThat(run.counter(Counter.LOST_UPDATES)).isZero();
        }
    }

    @Test
    void theNameOfACallIsAKeyAndSoIsWhatLiesOutsideTheTable() {
        var byName = script.names(100, 32);
        var texts = IntStream.range(0, 200)
                .mapToObj(n -> n == GETPPID ? "getppid" : "call_" + n)
                .toList();
        var table = new TextTable("calls", texts, "outside_");
        var name = new Expression.TableText(Ir.HERE, table, context(ContextValue.SYSCALL));
        var shifted = new Expression.TableText(
                Ir.HERE,
                table,
                new Expression.Binary(
                        Ir.HERE, Expression.BinaryOperator.ADD, context(ContextValue.SYSCALL), Ir.number(1000)));
        script.at(
                entry(GETPPID),
                List.of(),
                ofDriver(Ir.add(byName, Ir.number(1), null, name), Ir.add(byName, Ir.number(1), null, shifted)));

        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("sys", Integer.toString(CALLS), "1");
            run.detach();

            assertThat(run.array(byName))
                    .containsOnly(
                            java.util.Map.entry(List.<Object>of("getppid"), (long) CALLS),
                            java.util.Map.entry(List.<Object>of("outside_1110"), (long) CALLS));
        }
    }
}
