package io.stapscope.interpreter;

import static io.stapscope.interpreter.Ir.binary;
import static io.stapscope.interpreter.Ir.compare;
import static io.stapscope.interpreter.Ir.number;
import static io.stapscope.interpreter.Ir.print;
import static io.stapscope.interpreter.Ir.read;
import static io.stapscope.interpreter.Ir.set;
import static io.stapscope.interpreter.Ir.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExpressionsTest {
    @Test
    void randomExpressionsAreWhatStraightforwardJavaSays() {
        List<Local> variables =
                IntStream.range(0, 4).mapToObj(i -> Ir.local(i, Type.LONG)).toList();
        var generator = new ExpressionGenerator(42, variables);
        int failed = 0;
        for (int round = 0; round < 5_000; round++) {
            var values = new long[variables.size()];
            var body = new Statement[variables.size() + 1];
            for (int i = 0; i < values.length; i++) {
                values[i] = generator.value();
                body[i] = set(variables.get(i), number(values[i]));
            }
            var expression = generator.expression(5);
            body[values.length] = print(expression);
            var execution = Execution.of(List.of(), variables, body);
            var expected = ExpressionGenerator.evaluate(expression, values);
            if (expected.isPresent()) {
                assertThat(execution.printed).as("%s", expression).hasToString(expected.getAsLong() + " ");
            } else {
                failed++;
                assertThat(execution.outcome).isInstanceOf(Outcome.Failed.class);
            }
        }
        assertThat(failed).isBetween(50, 4_000);
    }

    @Test
    void divisionByZeroNamesTheOperatorAndItsPlace() {
        var source = new SourceText("d.stp", "probe begin {\n  print(a / b)\n}");
        var division = new Expression.Binary(
                new Span(source, 22, 27),
                BinaryOperator.DIVIDE,
                new Expression.LongLiteral(new Span(source, 22, 23), 1),
                new Expression.LongLiteral(new Span(source, 26, 27), 0));
        var execution = Execution.of(List.of(), List.of(), print(text("before")), print(division));
        assertThat(execution.outcome)
                .isEqualTo(new Outcome.Failed("division by 0 near operator '/' at d.stp:2:11", division.span(), false));
        assertThat(execution.printed).hasToString("before ");
    }

    @Test
    void stringsCompareByUnsignedBytes() {
        assertThat(printed(compare(Relation.LESS, text("a"), text("b")))).isEqualTo("1 ");
        assertThat(printed(compare(Relation.GREATER, text("\u00ff"), text("z"))))
                .isEqualTo("1 ");
        assertThat(printed(compare(Relation.EQUAL, text("ab"), text("a")))).isEqualTo("0 ");
        assertThat(printed(compare(Relation.LESS, text("a"), text("ab")))).isEqualTo("1 ");
    }

    @Test
    void longerStringsAreCutAtOneLessThanMaxstringlen() {
        var long400 = text("x".repeat(400));
        var joined = new Expression.Concatenate(Ir.HERE, long400, long400);
        assertThat(printed(builtin(BuiltinFunction.STRLEN, joined))).isEqualTo("511 ");
        var formatted = new Expression.Formatted(
                Ir.HERE,
                new Format(List.of(
                        Format.Directive.plain(Format.Conversion.STRING),
                        Format.Directive.plain(Format.Conversion.STRING))),
                List.of(long400, long400));
        assertThat(printed(builtin(BuiltinFunction.STRLEN, formatted))).isEqualTo("511 ");
    }

    @Test
    void aFormattedStringEndsAtItsFirstNul() {
        var formatted = new Expression.Formatted(
                Ir.HERE,
                new Format(List.of(
                        new Format.Text("ab"),
                        Format.Directive.plain(Format.Conversion.CHARACTER),
                        new Format.Text("cd"))),
                List.of(number(0)));
        assertThat(printed(formatted)).isEqualTo("ab ");
    }

    @Test
    void substrStaysInsideItsString() {
        assertThat(substr(1, 2)).isEqualTo("el ");
        assertThat(substr(3, 100)).isEqualTo("lo ");
        assertThat(substr(0, Long.MAX_VALUE)).isEqualTo("hello ");
        assertThat(substr(5, 1)).isEqualTo(" ");
        assertThat(substr(-1, 1)).isEqualTo(" ");
        assertThat(substr(1, -1)).isEqualTo(" ");
    }

    @Test
    void onlyTheNeededOperandsAreEvaluated() {
        var failing = binary(BinaryOperator.MODULO, number(1), number(0));
        assertThat(printed(new Expression.And(Ir.HERE, number(0), failing))).isEqualTo("0 ");
        assertThat(printed(new Expression.Or(Ir.HERE, number(5), failing))).isEqualTo("1 ");
        assertThat(printed(new Expression.Conditional(Ir.HERE, number(1), number(9), failing)))
                .isEqualTo("9 ");
    }

    @Test
    void valuesOfTheHitAndOfTheRunAreTheirs() {
        assertThat(printed(new Expression.Context(Ir.HERE, ContextValue.EXECNAME)))
                .isEqualTo("EXECNAME ");
        assertThat(printed(new Expression.Context(Ir.HERE, ContextValue.PID))).isEqualTo("1 ");
        assertThat(printed(new Expression.Context(Ir.HERE, ContextValue.TARGET)))
                .isEqualTo("77 ");
        assertThat(printed(new Expression.Context(Ir.HERE, ContextValue.TIME_NANOS)))
                .isEqualTo("1000000 ");
        assertThat(printed(new Expression.Argument(Ir.HERE, 3))).isEqualTo("300 ");
    }

    @Test
    void anUnreadableUserStringIsASoftErrorUnlessThereIsAnotherText() {
        assertThat(printed(builtin(BuiltinFunction.USER_STRING_OR, number(1), text("?"))))
                .isEqualTo("? ");
        var execution = Execution.of(List.of(), List.of(), print(builtin(BuiltinFunction.USER_STRING, number(0x1234))));
        assertThat(execution.outcome)
                .isEqualTo(new Outcome.Failed(
                        "read fault at 0x0000000000001234 near identifier 'user_string' at test.stp:1:1",
                        Ir.HERE,
                        false));
    }

    @Test
    void absentElementsReadAsNothingAndAreNotCreated() {
        var counts = Ir.array(0, Type.LONG, 10, false, Type.LONG);
        var names = Ir.array(1, Type.STRING, 10, false, Type.STRING);
        var execution = Execution.of(
                List.of(counts, names),
                List.of(),
                print(read(counts, number(1)), read(names, text("a"))),
                print(new Expression.Contains(Ir.HERE, counts, List.of(number(1)))));
        assertThat(execution.printed).hasToString("0  0 ");
        assertThat(execution.globals.elements(counts)).isEmpty();
    }

    private static Expression builtin(BuiltinFunction function, Expression... arguments) {
        return new Expression.Builtin(Ir.HERE, function, List.of(arguments));
    }

    private static String substr(long start, long length) {
        return printed(builtin(BuiltinFunction.SUBSTR, text("hello"), number(start), number(length)));
    }

    private static String printed(Expression expression) {
        return Execution.of(List.of(), List.of(), print(expression)).printed.toString();
    }
}
