package io.stapscope.interpreter;

import static io.stapscope.interpreter.Ir.add;
import static io.stapscope.interpreter.Ir.binary;
import static io.stapscope.interpreter.Ir.block;
import static io.stapscope.interpreter.Ir.compare;
import static io.stapscope.interpreter.Ir.number;
import static io.stapscope.interpreter.Ir.print;
import static io.stapscope.interpreter.Ir.read;
import static io.stapscope.interpreter.Ir.set;
import static io.stapscope.interpreter.Ir.text;
import static io.stapscope.interpreter.Ir.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatementsTest {
    private static final Local I = Ir.local(0, Type.LONG);
    private static final Local S = Ir.local(1, Type.STRING);

    @Test
    void localsStartAsZeroAndEmpty() {
        assertThat(Execution.of(List.of(), List.of(I, S), print(read(I), read(S))).printed)
                .hasToString("0  ");
    }

    @Test
    void continueGoesToTheUpdateAndBreakLeavesTheLoop() {
        var loop = new Statement.Loop(
                Ir.HERE,
                block(
                        when(equal(read(I), 5), new Statement.Break(Ir.HERE)),
                        when(equal(read(I), 2), new Statement.Continue(Ir.HERE)),
                        print(read(I))),
                block(increment()));
        assertThat(Execution.of(List.of(), List.of(I), loop, print(text("end"))).printed)
                .hasToString("0 1 3 4 end ");
    }

    @Test
    void nextLeavesTheHandlerAndExitLetsItFinish() {
        var execution = Execution.of(
                List.of(),
                List.of(),
                new Statement.Exit(Ir.HERE),
                print(text("after exit")),
                new Statement.Next(Ir.HERE),
                print(text("never")));
        assertThat(execution.printed).hasToString("after exit ");
        assertThat(execution.outcome).isEqualTo(new Outcome.ExitRequested());
    }

    @Test
    void anErrorEndsTheHandlerWithItsOwnWordsOnly() {
        var execution = Execution.of(
                List.of(),
                List.of(),
                new Statement.Exit(Ir.HERE),
                new Statement.Raise(Ir.HERE, text("my error")),
                print(text("never")));
        assertThat(execution.outcome).isEqualTo(new Outcome.Failed("my error", Ir.HERE, true));
        assertThat(execution.printed).hasToString("");
    }

    @Test
    void warningsGoToTheConsole() {
        assertThat(Execution.of(List.of(), List.of(), new Statement.Warn(Ir.HERE, text("careful"))).warnings)
                .containsExactly("careful");
    }

    @Test
    void anEndlessLoopIsStoppedByTheBudgetOfStatements() {
        var execution = Execution.of(List.of(), List.of(), new Statement.Loop(Ir.HERE, block(), block()));
        assertThat(execution.outcome)
                .isEqualTo(new Outcome.Failed("MAXACTION exceeded at test.stp:1:1", Ir.HERE, false));
    }

    @Test
    void handlersOfTheKernelHaveItsSmallerBudget() {
        var counter = Ir.scalar(0, Type.LONG, null);
        var loop = new Statement.Loop(Ir.HERE, block(add(counter, number(1), null)), block());
        var user = Ir.handler(List.of(), loop);
        var deferred = new Handler(
                0, Ir.HERE, user.point(), Handler.Place.DEFERRED, List.of(), List.of(), List.of(), user.body());
        assertThat(counted(counter, user)).isEqualTo(4_999L);
        assertThat(counted(counter, deferred)).isEqualTo(499L);
    }

    private static Object counted(Global counter, Handler handler) {
        return Execution.of(List.of(counter), List.of(), handler).globals.read(counter, List.of());
    }

    @Test
    void functionsTakeArgumentsAndReturnValues() {
        // function twice(s, n) { print(n); return s . s }
        var s = Ir.local(0, Type.STRING);
        var n = Ir.local(1, Type.LONG);
        var twice = new Function(
                0,
                "twice",
                Ir.HERE,
                2,
                List.of(s, n),
                Type.STRING,
                512,
                block(
                        print(read(n)),
                        new Statement.Return(Ir.HERE, new Expression.Concatenate(Ir.HERE, read(s), read(s)))));
        var handler = Ir.handler(
                List.of(I, S), new Statement.Call(Ir.HERE, twice, List.of(text("ab"), number(7)), S), print(read(S)));
        assertThat(Execution.of(List.of(), List.of(twice), handler).printed).hasToString("7 abab ");
    }

    @Test
    void recursionWorksUpToMaxnesting() {
        assertThat(factorial(10).printed).hasToString("3628800 ");
        assertThat(factorial(20).outcome)
                .isEqualTo(new Outcome.Failed(
                        "MAXNESTING exceeded near identifier 'factorial' at test.stp:1:1", Ir.HERE, false));
    }

    /** function factorial(n) { if (n < 2) return 1; t = factorial(n - 1); return n * t }. */
    private static Execution factorial(long of) {
        var n = Ir.local(0, Type.LONG);
        var t = Ir.local(1, Type.LONG);
        var body = block(
                when(compare(Relation.LESS, read(n), number(2)), new Statement.Return(Ir.HERE, number(1))),
                new Statement.CallById(Ir.HERE, 0, List.of(binary(BinaryOperator.SUBTRACT, read(n), number(1))), t),
                new Statement.Return(Ir.HERE, binary(BinaryOperator.MULTIPLY, read(n), read(t))));
        var factorial = new Function(0, "factorial", Ir.HERE, 1, List.of(n, t), Type.LONG, 8, body);
        var handler =
                Ir.handler(List.of(I), new Statement.CallById(Ir.HERE, 0, List.of(number(of)), I), print(read(I)));
        return Execution.of(List.of(), List.of(factorial), handler);
    }

    @Test
    void capturesWithoutValuesAreEvaluatedWhereTheyAreRead() {
        var capture = new Expression.Argument(Ir.HERE, 2);
        var handler = new Handler(
                0,
                Ir.HERE,
                Ir.handler(List.of()).point(),
                Handler.Place.DEFERRED,
                List.of(),
                List.of(),
                List.of(capture),
                block(print(new Expression.Capture(Ir.HERE, 0, Type.LONG))));
        assertThat(Execution.of(List.of(), List.of(), handler).printed).hasToString("200 ");
    }

    private static Statement increment() {
        return set(I, binary(BinaryOperator.ADD, read(I), number(1)));
    }

    private static Expression equal(Expression left, long right) {
        return compare(Relation.EQUAL, left, number(right));
    }
}
