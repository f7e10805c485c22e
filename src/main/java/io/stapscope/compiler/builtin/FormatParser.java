package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Piece;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the format of {@code printf}: {@code %} [one flag] [width or *] [.precision or .*] [l] conversion. */
public final class FormatParser {
    private static final int MOST_MEMORY = 64;

    private static final int WIDEST = 4096;

    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;
    private int percents;

    private FormatParser(String text) {
        this.text = text;
    }

    /**
     * One value that the format takes, in order.
     *
     * @param percent position among the percent signs of the format
     * @param directive as written
     */
    public record Value(int percent, String directive, Type type) {}

    /** A directive that cannot be read; {@code supported} is false when SystemTap knows it. */
    public record Problem(int percent, String directive, String reason, boolean supported) {}

    public record Parsed(Format format, List<Value> values, List<Problem> problems) {}

    public static Parsed parse(String text) {
        var parser = new FormatParser(text);
        parser.run();
        return new Parsed(new Format(parser.pieces), parser.values, parser.problems);
    }

    private void run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '%') {
                literal.append(c);
                at++;
            } else if (at + 1 == text.length()) {
                // SystemTap prints a lone sign at the end as itself.
                literal.append('%');
                at++;
            } else if (text.charAt(at + 1) == '%') {
                literal.append('%');
                at += 2;
                percents += 2;
            } else {
                directive();
            }
        }
        flush();
    }

    private void directive() {
        int start = at++;
        char flag = flag();
        boolean widthArgument = accept('*');
        int width = widthArgument ? -1 : number(-1);
        boolean precisionArgument = false;
        int precision = -1;
        if (accept('.')) {
            precisionArgument = accept('*');
            precision = precisionArgument ? -1 : number(0);
        }
        while (accept('l')) {
            // SystemTap's numbers are all 64 bits wide.
        }
        char letter = at < text.length() ? text.charAt(at++) : '\0';
        var written = text.substring(start, at);
        var conversion = conversion(letter);
        if (conversion == null) {
            problem(written);
        } else if (conversion == Conversion.BINARY && !widthArgument && width > 0 && !isByteCount(width)) {
            problems.add(new Problem(percents, written, "%b takes a width of 1, 2, 4 or 8 bytes", true));
        } else if (width > WIDEST || precision > WIDEST) {
            problems.add(new Problem(percents, written, "a width is at most " + WIDEST, true));
        } else {
            var directive = new Directive(conversion, flag, width, widthArgument, precision, precisionArgument);
            boolean memory = conversion == Conversion.MEMORY || conversion == Conversion.MEMORY_HEX;
            if (memory && !isMemory(directive)) {
                problems.add(new Problem(
                        percents,
                        written,
                        "%m and %M take a number of bytes as their precision, 1 to " + MOST_MEMORY
                                + ", as in %.8M; # means user memory",
                        true));
            } else {
                flush();
                pieces.add(directive);
            }
        }
        if (widthArgument) {
            values.add(new Value(percents, written, Type.LONG));
        }
        if (precisionArgument) {
            values.add(new Value(percents, written, Type.LONG));
        }
        values.add(new Value(percents, written, conversion == Conversion.STRING ? Type.STRING : Type.LONG));
        percents++;
    }

    private void problem(String written) {
        problems.add(new Problem(
                percents,
                written,
                "directives end with one of d i u o x X p c s b m M; only one flag of 0 + - # or space may stand in front",
                true));
    }

    /** As a literal number, so that it is known how much memory is read. */
    private static boolean isMemory(Directive directive) {
        return directive.width() < 0
                && !directive.widthArgument()
                && !directive.precisionArgument()
                && directive.precision() <= MOST_MEMORY
                && directive.precision() != 0
                && (directive.flag() == '\0' || directive.flag() == '#');
    }

    private char flag() {
        if (at < text.length() && "0+- #".indexOf(text.charAt(at)) >= 0) {
            return text.charAt(at++);
        }
        return '\0';
    }

    private boolean accept(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private int number(int otherwise) {
        int start = at;
        int value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = Math.min(WIDEST + 1, value * 10 + text.charAt(at++) - '0');
        }
        return at == start ? otherwise : value;
    }

    private static boolean isByteCount(int width) {
        return width == 1 || width == 2 || width == 4 || width == 8;
    }

    private static @Nullable Conversion conversion(char letter) {
        return switch (letter) {
            case 'd', 'i' -> Conversion.DECIMAL;
            case 'u' -> Conversion.UNSIGNED;
            case 'o' -> Conversion.OCTAL;
            case 'x' -> Conversion.HEX;
            case 'X' -> Conversion.HEX_UPPER;
            case 'p' -> Conversion.POINTER;
            case 'c' -> Conversion.CHARACTER;
            case 's' -> Conversion.STRING;
            case 'b' -> Conversion.BINARY;
            case 'm' -> Conversion.MEMORY;
            case 'M' -> Conversion.MEMORY_HEX;
            default -> null;
        };
    }

    private void flush() {
        if (!literal.isEmpty()) {
            pieces.add(new Format.Text(literal.toString()));
            literal.setLength(0);
        }
    }
}
