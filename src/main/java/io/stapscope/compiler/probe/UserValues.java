package io.stapscope.compiler.probe;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Expression.UnaryOperator;
import io.stapscope.compiler.source.Span;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.host.ctype.CType;
import org.jspecify.annotations.Nullable;

/** Makes IR of where the values of a program are. */
public final class UserValues {
    /** Registers that {@code pt_regs} has: the general ones and the instruction pointer, as DWARF numbers them. */
    private static final int MOST_REGISTER = 16;

    private UserValues() {}

    /** A number of the program. */
    record Number(Location location, long bytes, boolean signed) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            return number(span, location, bytes, signed);
        }
    }

    /** 64 bits that are computed: an address, usually. */
    record Whole(Value value) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            return of(span, value);
        }
    }

    /** The result of a function as a number. */
    record Result(long bytes, boolean signed) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            return narrow(span, new Expression.Context(span, ContextValue.RETURN), bytes, signed);
        }
    }

    /** Why a location cannot be used, a clause; null when it can. */
    static @Nullable String problem(Location location) {
        return switch (location) {
            case Location.Memory(var address) -> problem(address);
            case Location.Computed(var value) -> problem(value);
            case Location.Missing(var reason) -> reason;
            case Location.Pieces(var pieces) -> {
                String found = null;
                for (var piece : pieces) {
                    found = found != null ? found : problem(piece.location());
                }
                yield found;
            }
        };
    }

    private static @Nullable String problem(Value value) {
        return switch (value) {
            case Value.Constant _, Value.Relocated _ -> null;
            case Value.Register(var number) ->
                number >= 0 && number <= MOST_REGISTER
                        ? null
                        : "it is in register " + number + ", which a probe cannot read";
            case Value.ThreadLocal _ -> "every thread has its own, which is not supported yet";
            case Value.Dereference(var address, var _) -> problem(address);
            case Value.Unary(var _, var operand) -> problem(operand);
            case Value.Binary(var _, var left, var right) -> {
                var first = problem(left);
                yield first != null ? first : problem(right);
            }
        };
    }

    /** 64 bits from the state of a thread. */
    public static Expression of(Span span, Value value) {
        return switch (value) {
            case Value.Constant(var number) -> new Expression.LongLiteral(span, number);
            case Value.Register(var number) -> new Expression.Register(span, number);
            case Value.Relocated(var address) ->
                plus(span, new Expression.Context(span, ContextValue.RELOCATION), address);
            case Value.Dereference(var address, var size) -> load(span, of(span, address), size, false);
            case Value.ThreadLocal _ -> throw new IllegalStateException("not refused: a thread's own");
            case Value.Unary(var operator, var operand) -> unary(span, operator, of(span, operand));
            case Value.Binary(var operator, var left, var right) ->
                operator == Value.Operator.ADD && right instanceof Value.Constant(var number)
                        ? plus(span, of(span, left), number)
                        : binary(span, operator, of(span, left), of(span, right));
        };
    }

    private static Expression unary(Span span, Value.Operator operator, Expression operand) {
        return switch (operator) {
            case NEGATE -> new Expression.Unary(span, UnaryOperator.NEGATE, operand);
            case COMPLEMENT -> new Expression.Unary(span, UnaryOperator.COMPLEMENT, operand);
            case ABSOLUTE ->
                new Expression.Conditional(
                        span,
                        new Expression.Compare(span, Relation.LESS, operand, new Expression.LongLiteral(span, 0)),
                        new Expression.Unary(span, UnaryOperator.NEGATE, operand),
                        operand);
            case ADD,
                    SUBTRACT,
                    MULTIPLY,
                    DIVIDE,
                    MODULO,
                    AND,
                    OR,
                    XOR,
                    SHIFT_LEFT,
                    SHIFT_RIGHT,
                    SHIFT_RIGHT_UNSIGNED,
                    EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL -> throw new IllegalArgumentException(operator + " takes two");
        };
    }

    private static Expression binary(Span span, Value.Operator operator, Expression left, Expression right) {
        return switch (operator) {
            case ADD -> new Expression.Binary(span, BinaryOperator.ADD, left, right);
            case SUBTRACT -> new Expression.Binary(span, BinaryOperator.SUBTRACT, left, right);
            case MULTIPLY -> new Expression.Binary(span, BinaryOperator.MULTIPLY, left, right);
            case DIVIDE -> new Expression.Binary(span, BinaryOperator.DIVIDE, left, right);
            case MODULO -> new Expression.Binary(span, BinaryOperator.MODULO, left, right);
            case AND -> new Expression.Binary(span, BinaryOperator.AND, left, right);
            case OR -> new Expression.Binary(span, BinaryOperator.OR, left, right);
            case XOR -> new Expression.Binary(span, BinaryOperator.XOR, left, right);
            case SHIFT_LEFT -> new Expression.Binary(span, BinaryOperator.SHIFT_LEFT, left, right);
            case SHIFT_RIGHT -> new Expression.Binary(span, BinaryOperator.SHIFT_RIGHT, left, right);
            case SHIFT_RIGHT_UNSIGNED -> new Expression.Binary(span, BinaryOperator.SHIFT_RIGHT_UNSIGNED, left, right);
            case EQUAL -> new Expression.Compare(span, Relation.EQUAL, left, right);
            case NOT_EQUAL -> new Expression.Compare(span, Relation.NOT_EQUAL, left, right);
            case LESS -> new Expression.Compare(span, Relation.LESS, left, right);
            case LESS_OR_EQUAL -> new Expression.Compare(span, Relation.LESS_OR_EQUAL, left, right);
            case GREATER -> new Expression.Compare(span, Relation.GREATER, left, right);
            case GREATER_OR_EQUAL -> new Expression.Compare(span, Relation.GREATER_OR_EQUAL, left, right);
            case NEGATE, COMPLEMENT, ABSOLUTE -> throw new IllegalArgumentException(operator + " takes one");
        };
    }

    /** The number at a location; one of more than eight bytes is given by its lower half. */
    static Expression number(Span span, Location location, long bytes, boolean signed) {
        int size = (int) Math.min(bytes, Long.BYTES);
        return switch (location) {
            case Location.Memory(var address) -> load(span, of(span, address), size, signed);
            case Location.Computed(var value) -> narrow(span, of(span, value), size, signed);
            case Location.Pieces(var pieces) -> {
                Expression joined = new Expression.LongLiteral(span, 0);
                int at = 0;
                for (var piece : pieces) {
                    if (at >= size) {
                        break;
                    }
                    var part = number(span, piece.location(), piece.bytes(), false);
                    joined = at == 0
                            ? part
                            : new Expression.Binary(span, BinaryOperator.OR, joined, shifted(span, part, at));
                    at += piece.bytes();
                }
                yield narrow(span, joined, size, signed);
            }
            case Location.Missing(var reason) -> throw new IllegalStateException("not refused: " + reason);
        };
    }

    private static Expression shifted(Span span, Expression value, int bytes) {
        return new Expression.Binary(
                span, BinaryOperator.SHIFT_LEFT, value, new Expression.LongLiteral(span, (long) bytes * Byte.SIZE));
    }

    /** Memory is read in units of 1, 2, 4 or 8 bytes. */
    private static Expression load(Span span, Expression address, long bytes, boolean signed) {
        int unit = bytes <= 2 ? (int) Math.max(1, bytes) : bytes <= 4 ? 4 : Long.BYTES;
        int bits = (int) Math.clamp(bytes, 1, Long.BYTES) * Byte.SIZE;
        return new Expression.Load(span, Space.USER, address, unit, signed, 0, bits);
    }

    /** The lower bytes of a register, extended by zeros or by the sign. */
    static Expression narrow(Span span, Expression whole, long bytes, boolean signed) {
        if (bytes >= Long.BYTES) {
            return whole;
        }
        if (!signed) {
            return new Expression.Binary(
                    span, BinaryOperator.AND, whole, new Expression.LongLiteral(span, (1L << bytes * Byte.SIZE) - 1));
        }
        var bits = new Expression.LongLiteral(span, Long.SIZE - bytes * Byte.SIZE);
        return new Expression.Binary(
                span,
                BinaryOperator.SHIFT_RIGHT,
                new Expression.Binary(span, BinaryOperator.SHIFT_LEFT, whole, bits),
                bits);
    }

    static Expression plus(Span span, Expression base, long bytes) {
        return bytes == 0
                ? base
                : new Expression.Binary(span, BinaryOperator.ADD, base, new Expression.LongLiteral(span, bytes));
    }

    /** Whether a type has numbers for values, addresses among them. */
    static boolean isNumber(CType type) {
        return switch (type) {
            case CType.Int _, CType.Enumeration _, CType.Pointer _ -> true;
            case CType.Floating _, CType.Array _, CType.Struct _, CType.Function _, CType.Incomplete _ -> false;
        };
    }

    static boolean isSigned(CType type) {
        return switch (type) {
            case CType.Int t -> t.signed();
            case CType.Enumeration t -> t.signed();
            case CType.Pointer _,
                    CType.Floating _,
                    CType.Array _,
                    CType.Struct _,
                    CType.Function _,
                    CType.Incomplete _ -> false;
        };
    }
}
