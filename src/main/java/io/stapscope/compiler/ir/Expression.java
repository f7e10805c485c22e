package io.stapscope.compiler.ir;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;
import java.util.function.ToIntFunction;
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
        /** Digits of a 64-bit number in octal with its prefix. */
        private static final int NUMBER_DIGITS = 23;

        public Formatted {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Type type() {
            return Type.STRING;
        }

        /**
         * The most bytes it can take with its NUL, when nothing cuts it.
         *
         * @param most where it depends on a value
         * @param width gives the width of a string among the values
         */
        public int width(int most, ToIntFunction<Expression> width) {
            int sum = 1;
            int next = 0;
            for (var piece : format.pieces()) {
                switch (piece) {
                    case Format.Text text -> sum += text.text().length();
                    case Format.Directive d -> {
                        if (d.widthArgument() || d.precisionArgument()) {
                            return most;
                        }
                        var value = arguments.get(next++);
                        int own = d.conversion() != Format.Conversion.STRING
                                ? NUMBER_DIGITS
                                // Escaped, one byte takes up to four.
                                : (width.applyAsInt(value) - 1) * (d.flag() == '#' ? 4 : 1);
                        sum += Math.max(own, Math.max(d.width(), d.precision() + 2));
                    }
                }
            }
            return sum;
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

    /**
     * A register of the program at the hit; where a function returns, as it is then. Only in {@link ProbePoint.Code}.
     *
     * @param number as DWARF numbers those of the machine
     */
    record Register(Span span, int number) implements Expression {
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
     *
     * @param shift bits by which {@code @variance} scales what it computes with, 0 to 62
     */
    record Extract(Span span, Extractor extractor, int shift, Global global, List<Expression> keys)
            implements Expression {
        public Extract {
            keys = List.copyOf(keys);
        }

        /** All but the variance need no shift. */
        public Extract(Span span, Extractor extractor, Global global, List<Expression> keys) {
            this(span, extractor, 0, global, keys);
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
        AVERAGE,
        VARIANCE
    }

    /**
     * {@code @hist_log(s[keys])[index]}: values in one bucket, 0 being the underflow; outside the soft error
     * "histogram index out of range".
     */
    record Bucket(Span span, Global global, List<Expression> keys, boolean linear, Expression index)
            implements Expression {
        public Bucket {
            keys = List.copyOf(keys);
        }

        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** A function without effects that only user space has: a handler that computes one runs after the hit. */
    record Library(Span span, LibraryFunction function, List<Expression> arguments) implements Expression {
        public Library {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Type type() {
            return function.result();
        }
    }

    /** Parameter of a tracepoint as the kernel passes it, from 0: a number or an address, 64 bits. */
    record TraceArgument(Span span, int index) implements Expression {
        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /** Whose memory an address is of. */
    enum Space {
        KERNEL,
        USER
    }

    /**
     * A number in memory, as it stood at the hit. An address that cannot be read is the soft error "read fault".
     *
     * @param address of the unit that holds the value
     * @param size bytes of the unit: 1, 2, 4 or 8
     * @param signed whether the value is extended by its sign
     * @param bitOffset of a bit-field in the unit, from the least significant bit
     * @param bitSize bits of a bit-field; {@code 8 * size} for all others
     * @param otherwise what to give when the address cannot be read; null makes that the soft error "read fault"
     */
    record Load(
            Span span,
            Space space,
            Expression address,
            int size,
            boolean signed,
            int bitOffset,
            int bitSize,
            @Nullable Expression otherwise)
            implements Expression {
        /** An address that cannot be read is an error. */
        public Load(Span span, Space space, Expression address, int size, boolean signed, int bitOffset, int bitSize) {
            this(span, space, address, size, signed, bitOffset, bitSize, null);
        }

        public Load {
            if ((size != 1 && size != 2 && size != 4 && size != 8)
                    || bitOffset < 0
                    || bitSize < 1
                    || bitOffset + bitSize > 8 * size) {
                throw new IllegalArgumentException(size + " bytes, bits " + bitOffset + " + " + bitSize);
            }
        }

        @Override
        public Type type() {
            return Type.LONG;
        }
    }

    /**
     * The NUL-terminated string in memory, as it stood at the hit, cut at MAXSTRINGLEN - 1 bytes.
     *
     * @param limit most bytes, null for as many as fit
     * @param otherwise what to give when the address cannot be read; null makes that the soft error "read fault"
     */
    record LoadString(
            Span span,
            Space space,
            Expression address,
            @Nullable Expression limit,
            @Nullable Expression otherwise) implements Expression {
        /** The longest the string can be with its NUL, when nothing but its limit is known. */
        public int width(int most) {
            return limit instanceof LongLiteral(var _, var bytes)
                            && bytes >= 0
                            && bytes < most
                            && (otherwise == null
                                    || otherwise instanceof StringLiteral(var _, var text) && text.length() <= bytes)
                    ? (int) bytes + 1
                    : most;
        }

        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** The text of a number in a table that is known when the script is compiled: the name of a system call. */
    record TableText(Span span, TextTable table, Expression index) implements Expression {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /**
     * What a system call is given, as bytes: number, arguments, and the user memory that its arguments point to. Only
     * where a call is entered; {@code io.stapscope.syscalls} owns the layout and reads it.
     */
    record Snapshot(Span span) implements Expression {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** Return addresses of the stack at the hit, innermost first: eight bytes each, little-endian. */
    record Stack(Span span, Space space) implements Expression {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }
}
