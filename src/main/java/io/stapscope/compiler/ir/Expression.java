package io.stapscope.compiler.ir;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pure value: evaluating it changes nothing. It can still fail with a soft error (division by zero, an unreadable
 * address), which ends the handler.
 */
public sealed interface Expression {
    Span span();

    /** LONG or STRING. */
    Type type();

    record LongLiteral(Span span, long value) implements Expression {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    record StringLiteral(Span span, String value) implements Expression {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    record ReadLocal(Span span, Local local) implements Expression {
        @Override
        public Type type() {
            return local.type();
        }
    }

    /** A scalar, or an element: 0 or "" when absent, which creates nothing. */
    record ReadGlobal(Span span, Global global, List<Expression> keys) implements Expression {
        public ReadGlobal {
            keys = List.copyOf(keys);
        }

        @Override
        public Type type() {
            return global.value();
        }
    }

    /** {@code [keys] in global}; a null key part stands for {@code *}. */
    record Contains(Span span, Global global, List<@Nullable Expression> keys) implements Expression {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    record Unary(Span span, UnaryOperator operator, Expression operand) implements Expression {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    enum UnaryOperator {
        NEGATE,
        NOT,
        COMPLEMENT
    }

    /** Arithmetic and bits of two numbers; wraps at 64 bits. DIVIDE and MODULO by zero are soft errors. */
    record Binary(Span span, BinaryOperator operator, Expression left, Expression right) implements Expression {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    enum BinaryOperator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        /** Truncates towards zero; the least long divided by -1 wraps. */
        DIVIDE,
        /** Sign of the dividend; the least long modulo -1 is 0. */
        MODULO,
        AND,
        OR,
        XOR,
        /** Shift counts are taken modulo 64. */
        SHIFT_LEFT,
        SHIFT_RIGHT,
        SHIFT_RIGHT_UNSIGNED
    }

    /** Compares two numbers (signed) or two strings (bytes, unsigned): 1 or 0. */
    record Compare(Span span, Relation relation, Expression left, Expression right) implements Expression {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** Short-circuit and: 1 or 0. */
    record And(Span span, Expression left, Expression right) implements Expression {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** Short-circuit or: 1 or 0. */
    record Or(Span span, Expression left, Expression right) implements Expression {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** Only the chosen arm is evaluated. */
    record Conditional(Span span, Expression condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public Type type() {
            return then.type();
        }
    }

    record Concatenate(Span span, Expression left, Expression right) implements Expression {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** {@code sprintf} and its kin: cut at MAXSTRINGLEN - 1 bytes. */
    record Formatted(Span span, Format format, List<Expression> arguments) implements Expression {
        public Formatted {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** A value of the hit itself. */
    record Context(Span span, ContextValue value) implements Expression {
        @Override
        public Type type() {
            return value.type();
        }
    }

    /** {@code $arg1} to {@code $arg6}: raw register values. */
    record Argument(Span span, int number) implements Expression {
        public Argument {
            if (number < 1 || number > 6) {
                throw new IllegalArgumentException("argument " + number);
            }
        }

        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** {@code @entry(e)}: {@code Handler.entries().get(slot)} as computed when the call was entered. */
    record Entry(Span span, int slot, Type type) implements Expression {}

    /** {@code Handler.captures().get(slot)} as computed in the kernel at the hit. */
    record Capture(Span span, int slot, Type type) implements Expression {}

    /** A built-in function without effects. */
    record Builtin(Span span, BuiltinFunction function, List<Expression> arguments) implements Expression {
        public Builtin {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Type type() {
            return function.result();
        }
    }

    /**
     * {@code @count(s[keys])} and its kin. On an empty statistic COUNT and SUM give 0; the others are the soft error
     * "empty aggregate".
     */
    record Extract(Span span, Extractor extractor, Global global, List<Expression> keys) implements Expression {
        public Extract {
            keys = List.copyOf(keys);
        }

        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    enum Extractor {
        COUNT,
        SUM,
        MIN,
        MAX,
        /** Truncates. */
        AVERAGE
    }
}
