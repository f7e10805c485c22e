package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_NUMBER;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NUMBER_TOO_LARGE;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.source.Span;

/** Numbers as C reads them with base 0: decimal, {@code 0x} hexadecimal, a leading 0 for octal; no suffixes. */
final class NumberReader {
    private NumberReader() {}

    sealed interface Result {}

    /** Values from 2^63 to 2^64-1 are negative here. */
    record Read(long value) implements Result {}

    record Refused(DiagnosticCode code, String message, String label, String note) implements Result {
        Diagnostic at(Span span) {
            return Diagnostic.of(code, span, message, label, note);
        }
    }

    static Result read(String text) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        boolean octal = !hexadecimal && text.length() > 1 && text.charAt(0) == '0';
        int radix = hexadecimal ? 16 : octal ? 8 : 10;
        String digits = hexadecimal ? text.substring(2) : text;
        if (digits.isEmpty()) {
            return bad(text, "hexadecimal digits must follow `0x`");
        }
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), radix) < 0) {
                return bad(text, noteFor(digits.charAt(i), octal));
            }
        }
        try {
            return new Read(Long.parseUnsignedLong(digits, radix));
        } catch (NumberFormatException e) {
            return new Refused(
                    NUMBER_TOO_LARGE,
                    "`" + text + "` does not fit in 64 bits",
                    "too large",
                    "the largest number is 18446744073709551615");
        }
    }

    private static Refused bad(String text, String note) {
        return new Refused(BAD_NUMBER, "`" + text + "` is not a number", "cannot be read", note);
    }

    private static String noteFor(char stranger, boolean octal) {
        if (octal && Words.isDigit(stranger)) {
            return "a leading 0 makes it octal, where `" + stranger + "` is no digit: leave the 0 out";
        }
        return "`" + stranger + "` is no digit here, and numbers take no suffix: write `1000000`, `0x1f` or `017`";
    }
}
