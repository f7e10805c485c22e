package io.stapscope.compiler.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import io.stapscope.host.program.Site.Sight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenPartsTest {
    private static final Span HERE = new Span(new SourceText("test.stp", "probe"), 0, 5);
    private static final Expression RDI = new Expression.Register(HERE, 5);

    private static Expression number(long value) {
        return new Expression.LongLiteral(HERE, value);
    }

    private static Expression binary(Expression left, BinaryOperator operator, long right) {
        return new Expression.Binary(HERE, operator, left, number(right));
    }

    @ParameterizedTest
    @CsvSource({
        "AND, 0xff, true",
        "AND, 0xffffffff, true",
        "AND, 0x1ffffffff, false",
        "AND, -1, false",
        "SHIFT_LEFT, 32, true",
        "SHIFT_LEFT, 56, true",
        "SHIFT_LEFT, 31, false",
        "SHIFT_LEFT, 64, false",
        "SHIFT_RIGHT, 32, false",
        "ADD, 1, false"
    })
    void numbersOfFourBytesAndLessAreInTheLowerHalf(BinaryOperator operator, String right, boolean isHalf) {
        var named = new Expression.Builtin(HERE, BuiltinFunction.USER_REGISTER, List.of(number(5)));
        var expected = isHalf ? new Sight(0, 1 << 5, false) : new Sight(1 << 5, 0, false);

        assertThat(SeenParts.of(List.of(binary(RDI, operator, Long.decode(right)))))
                .isEqualTo(expected);
        assertThat(SeenParts.of(List.of(binary(named, operator, Long.decode(right)))))
                .isEqualTo(expected);
    }

    @Test
    void whoeverLooksAtTheWholeToo() {
        var half = binary(RDI, BinaryOperator.AND, 0xffff);

        assertThat(SeenParts.of(List.of(half, binary(RDI, BinaryOperator.ADD, 8))))
                .isEqualTo(new Sight(1 << 5, 1 << 5, false));
        assertThat(SeenParts.of(List.of(binary(binary(RDI, BinaryOperator.ADD, 8), BinaryOperator.AND, 0xffff))))
                .isEqualTo(new Sight(1 << 5, 0, false));
    }

    @Test
    void memoryAndRegistersThatNobodyNamesCount() {
        var load = new Expression.Load(HERE, Expression.Space.USER, RDI, 4, true, 0, 32);
        var unknown =
                new Expression.Builtin(HERE, BuiltinFunction.USER_REGISTER, List.of(new Expression.Register(HERE, 1)));

        assertThat(SeenParts.of(List.of(load))).isEqualTo(new Sight(1 << 5, 0, true));
        assertThat(SeenParts.of(List.of(unknown)).registers()).isEqualTo(Sight.ALL_REGISTERS);
        assertThat(SeenParts.of(List.of(number(1)))).isEqualTo(Sight.NOTHING);
    }
}
