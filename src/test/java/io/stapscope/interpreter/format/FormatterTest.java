package io.stapscope.interpreter.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormatterTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            d, 0,  -1, -1, 42,   `[42]`
            d, 0,   5, -1, 42,   `[   42]`
            d, -,   5, -1, 42,   `[42   ]`
            d, z,   5, -1, -42,  `[-0042]`
            d, +,   5, -1, 42,   `[  +42]`
            d, s,  -1, -1, 42,   `[ 42]`
            d, s,  -1, -1, -42,  `[-42]`
            d, 0,   6,  4, -42,  `[ -0042]`
            d, 0,  -1,  0, 0,    `[0]`
            d, 0,  -1, -1, -9223372036854775808, `[-9223372036854775808]`
            u, 0,  -1, -1, -1,   `[18446744073709551615]`
            u, +,  -1, -1, 1,    `[1]`
            u, 0,  -1, -1, -9223372036854775808, `[9223372036854775808]`
            o, 0,  -1, -1, 8,    `[10]`
            o, #,  -1, -1, 0,    `[00]`
            o, 0,  -1, -1, -1,   `[1777777777777777777777]`
            x, 0,  -1, -1, 255,  `[ff]`
            x, #,  -1, -1, 0,    `[0x0]`
            x, #,   8, -1, 255,  `[    0xff]`
            x, z,   8, -1, 255,  `[000000ff]`
            X, #,  -1, -1, 255,  `[0XFF]`
            x, 0,  -1, -1, -1,   `[ffffffffffffffff]`
            p, 0,  -1, -1, 4096, `[0x1000]`
            p, 0,  10, -1, 0,    `[       0x0]`
            c, 0,  -1, -1, 65,   `[A]`
            c, 0,   3, -1, 65,   `[  A]`
            c, -,   3, -1, 65,   `[A  ]`
            c, #,  -1, -1, 10,   `[\\n]`
            c, #,  -1, -1, 1,    `[\\001]`
            c, #,   5, -1, 39,   `[   \\']`
            """)
    void numbersAreFormattedByTheLetterFlagWidthAndPrecision(
            String letter, String flag, int width, int precision, long value, String expected) {
        // z stands for the flag 0, s for a space and 0 for none: the table trims its columns.
        char flagChar = flag.equals("0")
                ? '\0'
                : flag.replace('z', '0').replace('s', ' ').charAt(0);
        var directive = new Directive(conversion(letter), flagChar, width, false, precision, false);
        assertThat(format(List.of(new Format.Text("["), directive, new Format.Text("]")), value))
                .isEqualTo(expected.replace("\\\\", "\\"));
    }

    private static Conversion conversion(String letter) {
        return switch (letter) {
            case "d" -> Conversion.DECIMAL;
            case "u" -> Conversion.UNSIGNED;
            case "o" -> Conversion.OCTAL;
            case "x" -> Conversion.HEX;
            case "X" -> Conversion.HEX_UPPER;
            case "p" -> Conversion.POINTER;
            case "c" -> Conversion.CHARACTER;
            default -> throw new IllegalArgumentException(letter);
        };
    }

    @Test
    void aStringIsPaddedAndCutInBytes() {
        assertThat(text('\0', -1, -1, "abc")).isEqualTo("abc");
        assertThat(text('\0', 5, -1, "abc")).isEqualTo("  abc");
        assertThat(text('-', 5, -1, "abc")).isEqualTo("abc  ");
        assertThat(text('\0', -1, 2, "abc")).isEqualTo("ab");
        assertThat(text('\0', 4, 0, "abc")).isEqualTo("    ");
        // One character of two bytes: a precision of 1 leaves its first byte.
        assertThat(text('\0', -1, 1, "\u00c3\u00a9")).isEqualTo("\u00c3");
    }

    @Test
    void theHashFlagEscapesWhatCannotBePrinted() {
        assertThat(text('#', 12, -1, "a\n\"\u00ff\\")).isEqualTo(" a\\n\\\"\\377\\\\");
    }

    @Test
    void aNulCharacterIsWritten() {
        assertThat(format(List.of(Directive.plain(Conversion.CHARACTER)), 0L)).isEqualTo("\0");
    }

    @Test
    void binaryWritesLittleEndianBytesOfTheWidth() {
        long value = 0x0102030405060708L;
        assertThat(format(List.of(binary(2)), value)).isEqualTo("\10\7");
        assertThat(format(List.of(binary(-1)), value)).isEqualTo("\10\7\6\5\4\3\2\1");
    }

    @Test
    void starsTakeWidthAndPrecisionFromTheArguments() {
        var number = new Directive(Conversion.DECIMAL, '\0', -1, true, -1, true);
        var string = new Directive(Conversion.STRING, '\0', -1, true, -1, false);
        assertThat(format(List.of(number, new Format.Text("|"), string), 6L, 3L, 7L, -4L, "x"))
                .isEqualTo("   007|x   ");
        assertThat(format(List.of(number), Long.MIN_VALUE, Long.MIN_VALUE, 7L)).hasSize(8192);
    }

    @Test
    void aStringResultIsCut() {
        var formatter = Formatter.of(new Format(List.of(new Format.Text("abcdef"))));
        assertThat(formatter.format(Arguments.of(), new ByteSink(), 4)).isEqualTo("abcd");
    }

    @Test
    void randomNumbersAgreeWithTheJavaFormatter() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 5_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            int width = random.nextInt(1, 24);
            assertThat(format(List.of(new Directive(Conversion.DECIMAL, '\0', width, false, -1, false)), value))
                    .isEqualTo(String.format(Locale.ROOT, "%" + width + "d", value));
            assertThat(format(List.of(new Directive(Conversion.HEX, '0', width, false, -1, false)), value))
                    .isEqualTo(String.format(Locale.ROOT, "%0" + width + "x", value));
            assertThat(format(List.of(Directive.plain(Conversion.UNSIGNED)), value))
                    .isEqualTo(Long.toUnsignedString(value));
            assertThat(format(List.of(Directive.plain(Conversion.OCTAL)), value))
                    .isEqualTo(Long.toOctalString(value));
        }
    }

    @Test
    void theSinkKeepsEveryByte() {
        var sink = new ByteSink(1);
        for (int i = 0; i < 256; i++) {
            sink.append(i);
        }
        assertThat(sink.toString().getBytes(StandardCharsets.ISO_8859_1))
                .hasSize(256)
                .endsWith(254, 255);
        sink.clear();
        sink.appendDecimal(Long.MIN_VALUE);
        assertThat(sink).hasToString("-9223372036854775808");
    }

    private static Directive binary(int width) {
        return new Directive(Conversion.BINARY, '\0', width, false, -1, false);
    }

    private static String text(char flag, int width, int precision, String value) {
        return format(List.of(new Directive(Conversion.STRING, flag, width, false, precision, false)), value);
    }

    private static String format(List<? extends Format.Piece> pieces, Object... arguments) {
        var sink = new ByteSink();
        Formatter.of(new Format(List.copyOf(pieces))).append(Arguments.of(arguments), sink);
        return sink.toString();
    }
}
