package io.stapscope.interpreter.format;

import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One format made ready to be applied many times. Thread-safe; applying it allocates nothing but room in the sink.
 *
 * <p>Where SystemTap differs from C: {@code #} puts its prefix before zero too, a precision of 0 still prints the digit
 * of zero, {@code %b} writes raw bytes and {@code %c} of 0 a NUL.
 */
public final class Formatter {
    /** SystemTap's print buffer: no field gets wider, so that a computed width cannot take all memory. */
    private static final int MOST_WIDTH = 8192;

    private final Step[] steps;

    private Formatter(Step[] steps) {
        this.steps = steps;
    }

    public static Formatter of(Format format) {
        List<Step> steps = new ArrayList<>();
        int argument = 0;
        for (var piece : format.pieces()) {
            switch (piece) {
                case Format.Text text -> steps.add(new Copy(bytes(text.text())));
                case Directive directive -> {
                    int width = directive.widthArgument() ? argument++ : -1;
                    int precision = directive.precisionArgument() ? argument++ : -1;
                    boolean plain = directive.equals(Directive.plain(directive.conversion()));
                    steps.add(new Field(directive, plain, width, precision, argument++));
                }
            }
        }
        return new Formatter(steps.toArray(Step[]::new));
    }

    /** Appends the formatted text. */
    public void append(Arguments arguments, ByteSink out) {
        for (var step : steps) {
            switch (step) {
                case Copy copy -> out.append(copy.bytes, 0, copy.bytes.length);
                case Field field -> append(field, arguments, out);
            }
        }
    }

    /** The formatted text cut to {@code mostBytes}, as sprintf gives it. */
    public String format(Arguments arguments, ByteSink scratch, int mostBytes) {
        scratch.clear();
        append(arguments, scratch);
        scratch.truncate(mostBytes);
        return scratch.toString();
    }

    private static void append(Field field, Arguments arguments, ByteSink out) {
        var directive = field.directive;
        if (field.plain) {
            switch (directive.conversion()) {
                case DECIMAL -> {
                    out.appendDecimal(arguments.number(field.value));
                    return;
                }
                case STRING -> {
                    arguments.appendText(field.value, arguments.textLength(field.value), out);
                    return;
                }
                case UNSIGNED, OCTAL, HEX, HEX_UPPER, POINTER, CHARACTER, BINARY, MEMORY, MEMORY_HEX -> {}
            }
        }
        boolean left = directive.flag() == '-';
        long width = directive.width();
        if (field.width >= 0) {
            width = arguments.number(field.width);
            if (width < 0) {
                left = true;
                width = width == Long.MIN_VALUE ? MOST_WIDTH : -width;
            }
        }
        long precision = field.precision >= 0 ? arguments.number(field.precision) : directive.precision();
        int atLeast = (int) Math.clamp(width, 0, MOST_WIDTH);
        int exactness = (int) Math.clamp(precision, -1, MOST_WIDTH);
        switch (directive.conversion()) {
            case DECIMAL, UNSIGNED, OCTAL, HEX, HEX_UPPER, POINTER ->
                appendNumber(directive, left, atLeast, exactness, arguments.number(field.value), out);
            case CHARACTER -> appendCharacter(directive, left, atLeast, (int) arguments.number(field.value), out);
            case STRING -> appendText(directive, left, atLeast, exactness, arguments, field.value, out);
            case BINARY -> appendBinary(width, arguments.number(field.value), out);
            case MEMORY, MEMORY_HEX -> throw new IllegalArgumentException("not lowered: " + directive);
        }
    }

    private static void appendNumber(
            Directive directive, boolean left, int width, int precision, long value, ByteSink out) {
        var conversion = directive.conversion();
        char flag = directive.flag();
        boolean negative = conversion == Conversion.DECIMAL && value < 0;
        long magnitude = negative ? -value : value;
        int base = base(conversion);
        String prefix = prefix(conversion, flag, negative);
        int digits = Math.max(ByteSink.digits(magnitude, base), precision);
        int padding = width - prefix.length() - digits;
        boolean zeros = flag == '0' && !left;
        if (!left && !zeros) {
            out.repeat(' ', padding);
        }
        out.append(prefix);
        if (zeros) {
            out.repeat('0', padding);
        }
        out.appendUnsigned(magnitude, base, conversion == Conversion.HEX_UPPER, digits);
        if (left) {
            out.repeat(' ', padding);
        }
    }

    private static int base(Conversion conversion) {
        return switch (conversion) {
            case OCTAL -> 8;
            case HEX, HEX_UPPER, POINTER -> 16;
            case DECIMAL, UNSIGNED, CHARACTER, STRING, BINARY, MEMORY, MEMORY_HEX -> 10;
        };
    }

    /** The sign of a signed number, or what {@code #} puts before an unsigned one. */
    private static String prefix(Conversion conversion, char flag, boolean negative) {
        return switch (conversion) {
            case DECIMAL -> negative ? "-" : flag == '+' ? "+" : flag == ' ' ? " " : "";
            case OCTAL -> flag == '#' ? "0" : "";
            case HEX -> flag == '#' ? "0x" : "";
            case HEX_UPPER -> flag == '#' ? "0X" : "";
            case POINTER -> "0x";
            case UNSIGNED, CHARACTER, STRING, BINARY, MEMORY, MEMORY_HEX -> "";
        };
    }

    private static void appendCharacter(Directive directive, boolean left, int width, int value, ByteSink out) {
        int start = out.size();
        if (directive.flag() == '#') {
            Escapes.append(value, '\'', out);
        } else {
            out.append(value);
        }
        pad(start, left, width, out);
    }

    private static void appendText(
            Directive directive,
            boolean left,
            int width,
            int precision,
            Arguments arguments,
            int argument,
            ByteSink out) {
        int length = arguments.textLength(argument);
        if (precision >= 0) {
            length = Math.min(length, precision);
        }
        if (directive.flag() == '#') {
            var plain = new ByteSink(length);
            arguments.appendText(argument, length, plain);
            int start = out.size();
            for (int i = 0; i < length; i++) {
                Escapes.append(plain.array()[i], '"', out);
            }
            pad(start, left, width, out);
            return;
        }
        if (!left) {
            out.repeat(' ', width - length);
        }
        arguments.appendText(argument, length, out);
        if (left) {
            out.repeat(' ', width - length);
        }
    }

    /** Pads what was appended since {@code start}. */
    private static void pad(int start, boolean left, int width, ByteSink out) {
        int length = out.size() - start;
        int padding = width - length;
        if (padding <= 0) {
            return;
        }
        out.repeat(' ', padding);
        if (!left) {
            var bytes = out.array();
            System.arraycopy(bytes, start, bytes, start + padding, length);
            Arrays.fill(bytes, start, start + padding, (byte) ' ');
        }
    }

    /** Little-endian; the width is the number of bytes, 8 unless it says 1, 2 or 4. */
    private static void appendBinary(long width, long value, ByteSink out) {
        int count = width == 1 || width == 2 || width == 4 ? (int) width : 8;
        for (int i = 0; i < count; i++) {
            out.append((int) (value >>> (8 * i)));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private sealed interface Step {}

    private record Copy(byte[] bytes) implements Step {}

    /** A directive and the positions of its arguments, -1 for a width or precision that is not one. */
    private record Field(Directive directive, boolean plain, int width, int precision, int value) implements Step {}
}
