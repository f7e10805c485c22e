package io.stapscope.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.codegen.RecordSpec.Kind;
import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.ExpressionGenerator;
import io.stapscope.interpreter.Ir;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random expressions in the kernel against the same in Java. */
@Tag("kernel")
@Timeout(120)
class ExpressionsKernelTest {
    private static final int PROGRAMS = 20;
    private static final int PER_PROGRAM = 16;

    @Test
    void threeHundredExpressionsAreWhatJavaSays() {
        var locals = List.of(new Local(0, "x", Type.LONG, 8), new Local(1, "y", Type.LONG, 8));
        for (int program = 0; program < PROGRAMS; program++) {
            var generator = new ExpressionGenerator(program, locals);
            var variables = new long[] {generator.value(), generator.value()};
            var expressions = new ArrayList<Expression>();
            for (int i = 0; i < PER_PROGRAM; i++) {
                expressions.add(generator.expression(4));
            }
            check(locals, variables, expressions);
        }
    }

    private static void check(List<Local> locals, long[] variables, List<Expression> expressions) {
        var script = new Script().limits(new Limits(512, 2048, 1000, 10_000, 16, 1_000_000, 100));
        var inputs = script.array(2, Type.LONG);
        var target = Driver.target(KernelRun.HOST);
        for (var expression : expressions) {
            script.handler(
                    Event.BEGIN,
                    target,
                    locals,
                    List.of(),
                    // Read from a map, so that the verifier knows no more than at run time.
                    Ir.set(inputs, Ir.number(variables[0]), Ir.number(0)),
                    Ir.set(inputs, Ir.number(variables[1]), Ir.number(1)),
                    Ir.set(locals.get(0), Ir.read(inputs, Ir.number(0))),
                    Ir.set(locals.get(1), Ir.read(inputs, Ir.number(1))),
                    Ir.print(expression));
        }
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            var events = run.events();
            for (int i = 0; i < expressions.size(); i++) {
                int handler = i;
                var event = events.stream()
                        .filter(candidate -> candidate.spec().handler() == handler)
                        .findFirst()
                        .orElseThrow();
                var expected = ExpressionGenerator.evaluate(expressions.get(i), variables);
                if (expected.isEmpty()) {
                    assertThat(event.spec().kind()).isEqualTo(Kind.ERROR);
                } else {
                    assertThat(event.spec().kind()).isEqualTo(Kind.PRINT);
                    assertThat(event.values())
                            .as(Objects.toString(expressions.get(i)))
                            .containsExactly(expected.getAsLong());
                }
            }
        }
    }

    @Test
    void stringsAreCutJoinedMeasuredAndCompared() {
        var script = new Script();
        var a = new Local(0, "a", Type.STRING, 64);
        var b = new Local(1, "b", Type.STRING, 8);
        var target = Driver.target(KernelRun.HOST);
        script.handler(
                Event.BEGIN,
                target,
                List.of(a, b),
                List.of(),
                Ir.set(a, join(Ir.text("probe "), Script.context(ContextValue.EXECNAME))),
                Ir.set(b, Ir.text("a long literal")),
                Ir.print(Ir.read(a), Ir.read(b), join(Ir.read(b), Ir.read(a))),
                Ir.print(
                        builtin(BuiltinFunction.STRLEN, Ir.read(a)),
                        sub(Ir.read(a), 2, 3),
                        sub(Ir.read(a), 11, 9),
                        sub(Ir.read(a), 12, 1),
                        sub(Ir.read(a), -1, 3),
                        sub(Ir.read(a), 0, 0)),
                Ir.print(
                        compare(Expression.Relation.EQUAL, Ir.read(a), Ir.text("probe driver")),
                        compare(Expression.Relation.LESS, Ir.read(a), Ir.text("probe drives")),
                        compare(Expression.Relation.GREATER, Ir.text("z"), Ir.read(a)),
                        compare(Expression.Relation.NOT_EQUAL, Ir.read(b), Ir.text("a long ")),
                        compare(Expression.Relation.EQUAL, Script.context(ContextValue.EXECNAME), Ir.text("driver")),
                        compare(
                                Expression.Relation.NOT_EQUAL,
                                Script.context(ContextValue.EXECNAME),
                                Ir.text("driver"))));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            var events = run.events();
            assertThat(events.get(0).values()).containsExactly("probe driver", "a long ", "a long probe driver");
            assertThat(events.get(1).values()).containsExactly(12L, "obe", "r", "", "", "");
            assertThat(events.get(2).values()).containsExactly(1L, 1L, 1L, 0L, 1L, 0L);
        }
    }

    private static Expression join(Expression left, Expression right) {
        return new Expression.Concatenate(Ir.HERE, left, right);
    }

    private static Expression builtin(BuiltinFunction function, Expression... arguments) {
        return new Expression.Builtin(Ir.HERE, function, List.of(arguments));
    }

    private static Expression sub(Expression string, long start, long length) {
        return builtin(BuiltinFunction.SUBSTR, string, Ir.number(start), Ir.number(length));
    }

    private static Expression compare(Expression.Relation relation, Expression left, Expression right) {
        return Ir.compare(relation, left, right);
    }

    @Test
    void loopsFunctionsAndTheirBudget() {
        var i = new Local(0, "i", Type.LONG, 8);
        var sum = new Local(1, "sum", Type.LONG, 8);
        var parameter = new Local(0, "n", Type.LONG, 8);
        var square = new Function(
                0,
                "square",
                Ir.HERE,
                1,
                List.of(parameter),
                Type.LONG,
                8,
                Ir.block(
                        Ir.when(
                                Ir.compare(Expression.Relation.EQUAL, Ir.read(parameter), Ir.number(3)),
                                new Statement.Return(Ir.HERE, Ir.number(1000))),
                        new Statement.Return(
                                Ir.HERE,
                                Ir.binary(
                                        Expression.BinaryOperator.MULTIPLY, Ir.read(parameter), Ir.read(parameter)))));
        var result = new Local(2, "r", Type.LONG, 8);
        var loop = new Statement.Loop(
                Ir.HERE,
                Ir.block(
                        Ir.when(
                                Ir.compare(Expression.Relation.GREATER, Ir.read(i), Ir.number(10)),
                                new Statement.Break(Ir.HERE)),
                        Ir.when(
                                Ir.compare(Expression.Relation.EQUAL, Ir.read(i), Ir.number(5)),
                                new Statement.Continue(Ir.HERE)),
                        new Statement.Call(Ir.HERE, square, List.of(Ir.read(i)), result),
                        Ir.set(sum, Ir.binary(Expression.BinaryOperator.ADD, Ir.read(sum), Ir.read(result)))),
                Ir.block(Ir.set(i, Ir.binary(Expression.BinaryOperator.ADD, Ir.read(i), Ir.number(1)))));
        var endless = new Statement.Loop(Ir.HERE, Ir.block(), Ir.block(Ir.set(i, Ir.number(1))));
        var target = Driver.target(KernelRun.HOST);
        var script = new Script();
        script.handler(Event.BEGIN, target, List.of(i, sum, result), List.of(), loop, Ir.print(Ir.read(sum)));
        script.handler(Event.BEGIN, target, List.of(i), List.of(), endless, Ir.print(Ir.number(1)));
        try (var run = KernelRun.attach(script.plan())) {
            Driver.run("done");
            run.detach();
            var events = run.events();
            // 0 + 1 + 4 + 1000 + 16 + 36 + 49 + 64 + 81 + 100
            assertThat(events.getFirst().values()).containsExactly(1351L);
            assertThat(events.getLast().spec().kind()).isEqualTo(Kind.ERROR);
            assertThat(KernelRun.text(events.getLast().spec().format())).startsWith("MAXACTION exceeded");
            assertThat(events).hasSize(2);
        }
    }
}
