package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.Expression.UnaryOperator;
import io.stapscope.compiler.ir.Local;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Random expressions over numbers, all operators and edge values, and what they are by straightforward Java: the seed of
 * differential tests of every back end.
 */
public final class ExpressionGenerator {
    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        7,
        8,
        63,
        64,
        65,
        255,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        0xFFFF_FFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final SplittableRandom random;
    private final List<Local> variables;

    /** Expressions that read {@code variables}, which are numbers. */
    public ExpressionGenerator(long seed, List<Local> variables) {
        this.random = new SplittableRandom(seed);
        this.variables = List.copyOf(variables);
    }

    /** An edge value, or a number of random size. */
    public long value() {
        return random.nextInt(3) > 0
                ? EDGES[random.nextInt(EDGES.length)]
                : random.nextLong() >> random.nextInt(Long.SIZE);
    }

    /** An expression at most {@code depth} operators deep. */
    public Expression expression(int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return leaf();
        }
        return switch (random.nextInt(9)) {
            case 0 -> new Expression.Unary(Ir.HERE, pick(UnaryOperator.values()), expression(depth - 1));
            case 1, 2 -> Ir.compare(pick(Relation.values()), expression(depth - 1), expression(depth - 1));
            case 3 -> new Expression.And(Ir.HERE, expression(depth - 1), expression(depth - 1));
            case 4 -> new Expression.Or(Ir.HERE, expression(depth - 1), expression(depth - 1));
            case 5 ->
                new Expression.Conditional(
                        Ir.HERE, expression(depth - 1), expression(depth - 1), expression(depth - 1));
            default -> Ir.binary(pick(BinaryOperator.values()), expression(depth - 1), expression(depth - 1));
        };
    }

    private Expression leaf() {
        return variables.isEmpty() || random.nextBoolean()
                ? Ir.number(value())
                : Ir.read(variables.get(random.nextInt(variables.size())));
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** What an expression of this generator is; empty when it divides by zero. */
    public static OptionalLong evaluate(Expression expression, long[] variables) {
        try {
            return OptionalLong.of(value(expression, variables));
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    private static long value(Expression expression, long[] variables) {
        return switch (expression) {
            case Expression.LongLiteral literal -> literal.value();
            case Expression.ReadLocal read -> variables[read.local().index()];
            case Expression.Unary unary -> {
                long operand = value(unary.operand(), variables);
                yield switch (unary.operator()) {
                    case NEGATE -> -operand;
                    case NOT -> truth(operand == 0);
                    case COMPLEMENT -> ~operand;
                };
            }
            case Expression.Binary binary ->
                binary(binary.operator(), value(binary.left(), variables), value(binary.right(), variables));
            case Expression.Compare compare ->
                compare(compare.relation(), value(compare.left(), variables), value(compare.right(), variables));
            case Expression.And and -> truth(value(and.left(), variables) != 0 && value(and.right(), variables) != 0);
            case Expression.Or or -> truth(value(or.left(), variables) != 0 || value(or.right(), variables) != 0);
            case Expression.Conditional choice ->
                value(value(choice.condition(), variables) != 0 ? choice.then() : choice.otherwise(), variables);
            case Expression _ -> throw new IllegalArgumentException("not of this generator: " + expression);
        };
    }

    private static long binary(BinaryOperator operator, long left, long right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case MODULO -> left % right;
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> left << (right & 63);
            case SHIFT_RIGHT -> left >> (right & 63);
            case SHIFT_RIGHT_UNSIGNED -> left >>> (right & 63);
        };
    }

    private static long compare(Relation relation, long left, long right) {
        return truth(
                switch (relation) {
                    case EQUAL -> left == right;
                    case NOT_EQUAL -> left != right;
                    case LESS -> left < right;
                    case LESS_OR_EQUAL -> left <= right;
                    case GREATER -> left > right;
                    case GREATER_OR_EQUAL -> left >= right;
                });
    }

    private static long truth(boolean holds) {
        return holds ? 1 : 0;
    }
}
