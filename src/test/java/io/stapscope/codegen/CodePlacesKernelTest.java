package io.stapscope.codegen;

import static io.stapscope.codegen.Script.context;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(120)
class CodePlacesKernelTest {
    private static final Functions FUNCTIONS = Functions.build();
    private static final String[] LEAVES = {"push_first", "nop_first", "step_first", "landing_first"};
    private static final int A = 5;
    private static final int B = 4;
    private static final int TEXT = 1;

    private final Script script = new Script();

    private static Expression register(int number) {
        return new Expression.Register(Ir.HERE, number);
    }

    private static Expression text() {
        return new Expression.LoadString(Ir.HERE, Expression.Space.USER, register(TEXT), null, null);
    }

    private static Expression entry(int slot, Type type) {
        return new Expression.Entry(Ir.HERE, slot, type);
    }

    private static Map<List<Object>, Long> array(Object... keysAndValues) {
        var map = new java.util.HashMap<List<Object>, Long>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(List.of(keysAndValues[i]), ((Number) keysAndValues[i + 1]).longValue());
        }
        return map;
    }

    private void count(Global global, boolean returns, String... functions) {
        var point = returns ? FUNCTIONS.returns(functions) : FUNCTIONS.entry(functions);
        script.at(point, List.of(), Ir.add(global, Ir.number(1), null, context(ContextValue.SITE)));
    }

    @Test
    void everyCallAndReturnOfTwoThreadsIsCounted() {
        int calls = 12_500;
        var entries = script.array(16, Type.LONG);
        var returns = script.array(16, Type.LONG);
        count(entries, false, LEAVES);
        count(returns, true, LEAVES);

        try (var run = KernelRun.attach(script.plan())) {
            FUNCTIONS.run("calls", Integer.toString(calls), "2");
            run.detach();

            var each = array(0L, 2 * calls, 1L, 2 * calls, 2L, 2 * calls, 3L, 2 * calls);
            assertThat(run.generated().programs()).hasSize(1);
            assertThat(run.array(entries)).isEqualTo(each);
            assertThat(run.array(returns)).isEqualTo(each);
            assertThat(run.counter(Counter.LOST_RETURNS)).isZero();
        }
    }

    @Test
    void argumentsTextsAndResultsAreRight() {
        var sums = script.names(16, 16);
        var results = script.names(16, 16);
        script.at(
                FUNCTIONS.entry(LEAVES),
                List.of(),
                Ir.add(sums, Ir.binary(BinaryOperator.ADD, register(A), register(B)), null, text()));
        script.at(
                FUNCTIONS.returns(LEAVES),
                List.of(text()),
                Ir.add(results, context(ContextValue.RETURN), null, entry(0, Type.STRING)));

        try (var run = KernelRun.attach(script.plan())) {
            FUNCTIONS.run("calls", "10", "1");
            run.detach();

            var expected = array("push", 55, "nop", 65, "step", 75, "landing", 85);
            assertThat(run.array(sums)).isEqualTo(expected);
            assertThat(run.array(results)).isEqualTo(expected);
        }
    }

    @Test
    void handlersOfDifferentPlacesShareAProgramAndCountTheirOwnPlaces() {
        var counts = List.of(script.array(16, Type.LONG), script.array(16, Type.LONG), script.array(16, Type.LONG));
        count(counts.get(0), false, "nop_first");
        count(counts.get(1), false, "landing_first", "push_first");
        count(counts.get(2), false, "push_first", "nop_first", "step_first");

        try (var run = KernelRun.attach(script.plan())) {
            FUNCTIONS.run("calls", "100", "1");
            run.detach();

            assertThat(run.generated().programs()).hasSize(1);
            assertThat(run.array(counts.get(0))).isEqualTo(array(0L, 100));
            assertThat(run.array(counts.get(1))).isEqualTo(array(0L, 100, 1L, 100));
            assertThat(run.array(counts.get(2))).isEqualTo(array(0L, 100, 1L, 100, 2L, 100));
        }
    }

    @Test
    void aMovedPlaceTellsTheAddressItIsMeantForAndTheSameArguments() {
        var sums = script.scalar();
        var wrong = script.scalar();
        var address = context(ContextValue.ADDRESS);
        var relocation = context(ContextValue.RELOCATION);
        for (var sites : List.of(
                List.of(FUNCTIONS.site("landing_first", 4)),
                List.of(FUNCTIONS.site("landing_first", 4), FUNCTIONS.site("nop_first", 0)))) {
            var point = FUNCTIONS.point(
                    false, new Target.Everyone(), sites.toArray(io.stapscope.compiler.ir.ProbePoint.CodeSite[]::new));
            var entries = Ir.binary(BinaryOperator.SUBTRACT, address, relocation);
            var isRight = new Expression.Or(
                    Ir.HERE,
                    Ir.compare(Relation.EQUAL, entries, Ir.number(FUNCTIONS.address("landing_first"))),
                    Ir.compare(Relation.EQUAL, entries, Ir.number(FUNCTIONS.address("nop_first"))));
            script.at(
                    point,
                    List.of(),
                    Ir.add(sums, register(A), null),
                    Ir.when(Ir.compare(Relation.EQUAL, isRight, Ir.number(0)), Ir.add(wrong, Ir.number(1), null)));
        }

        try (var run = KernelRun.attach(script.plan())) {
            FUNCTIONS.run("calls", "10000", "1");
            run.detach();

            assertThat(run.scalar(sums)).isEqualTo(3L * 10_000 * 9_999 / 2);
            assertThat(run.scalar(wrong)).isZero();
        }
    }

    @Test
    void ofAHundredNestedCallsTheReturnsThatTheKernelDropsAreCountedAsLost() {
        var entries = script.scalar();
        var returns = script.scalar();
        script.at(FUNCTIONS.entry("recurse"), List.of(), Ir.add(entries, Ir.number(1), null));
        script.at(FUNCTIONS.returns("recurse"), List.of(), Ir.add(returns, Ir.number(1), null));

        try (var run = KernelRun.attach(script.plan())) {
            FUNCTIONS.run("recurse", "99");
            run.detach();

            assertThat(run.scalar(entries)).isEqualTo(100);
            assertThat(run.scalar(returns)).isEqualTo(64);
            assertThat(run.counter(Counter.LOST_RETURNS)).isEqualTo(36);
        }
    }

    @Test
    void entryValuesAreThoseOfTheSameCall() {
        var one = script.array(128, Type.LONG);
        var two = script.array(128, Type.LONG);
        script.at(
                FUNCTIONS.returns("recurse"),
                List.of(register(A)),
                Ir.add(one, context(ContextValue.RETURN), null, entry(0, Type.LONG)));
        script.at(
                FUNCTIONS.returns("recurse"),
                List.of(Ir.number(7), register(A)),
                Ir.add(
                        two,
                        Ir.binary(BinaryOperator.ADD, context(ContextValue.RETURN), entry(0, Type.LONG)),
                        null,
                        entry(1, Type.LONG)));

        try (var run = KernelRun.attach(script.plan())) {
            FUNCTIONS.run("recurse", "50");
            run.detach();

            assertThat(run.generated().programs()).hasSize(2);
            for (long n = 0; n <= 50; n++) {
                assertThat(run.array(one)).containsEntry(List.of(n), n * (n + 1) / 2);
                assertThat(run.array(two)).containsEntry(List.of(n), n * (n + 1) / 2 + 7);
            }
        }
    }

    @Test
    void callsThatAreLeftByAJumpTakeNoRoomFromOthers() {
        var values = script.array(128, Type.LONG);
        var point = FUNCTIONS.returns("jumping", "recurse");
        script.at(
                point,
                List.of(register(A), Ir.number(1)),
                Ir.add(values, entry(1, Type.LONG), null, entry(0, Type.LONG)));

        try (var run = KernelRun.attach(script.plan())) {
            FUNCTIONS.run("jumps", "1000");
            run.detach();

            assertThat(run.array(values)).isEqualTo(array(0L, 1, 1L, 1, 2L, 1, 3L, 1));
        }
    }

    @Test
    void aPointOfOneProcessCountsOnlyThat() throws IOException {
        var hits = script.scalar();
        var first = new ProcessBuilder(FUNCTIONS.program.toString(), "lines").start();
        var second = new ProcessBuilder(FUNCTIONS.program.toString(), "lines").start();
        var target = new Target.Pid((int) first.pid());
        script.at(
                FUNCTIONS.point(false, target, FUNCTIONS.site("push_first", 0)),
                List.of(),
                Ir.add(hits, Ir.number(1), null));

        try (var run = KernelRun.attach(script.plan())) {
            line(first);
            line(second);
            line(first);
            run.detach();

            assertThat(run.scalar(hits)).isEqualTo(2);
        } finally {
            first.destroy();
            second.destroy();
        }
    }

    private static void line(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        var answer =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(answer).isEqualTo("10");
    }
}
