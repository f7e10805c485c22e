package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_CHARACTER;

import io.stapscope.compiler.diagnostic.Diagnostics;
import java.nio.charset.StandardCharsets;

/** Reads one string literal into bytes: characters as UTF-8, escapes as the bytes they name. */
final class StringScanner {
    private final CharCursor text;
    private final Diagnostics diagnostics;
    private final StringBuilder bytes = new StringBuilder();
    private boolean reported;

    StringScanner(CharCursor text, Diagnostics diagnostics) {
        this.text = text;
        this.diagnostics = diagnostics;
    }

    /** One char of 0..255 for each byte. */
    String bytes() {
        return bytes.toString();
    }

    boolean reported() {
        return reported;
    }

    /** From the opening quote to behind the closing one; false when the line ends first. */
    boolean scan() {
        text.next();
        while (!text.atEnd() && text.peek() != '\n') {
            int start = text.position();
            char letter = text.next();
            if (letter == '"') {
                return true;
            }
            if (letter == '\\') {
                if (text.atEnd()) {
                    return false;
                }
                scanEscape(start);
            } else if (letter == 0) {
                refuse(start, "a string cannot hold a NUL character", "remove it");
            } else {
                appendCharacter(letter);
            }
        }
        return false;
    }

    private void appendCharacter(char letter) {
        if (letter < 0x80) {
            bytes.append(letter);
            return;
        }
        String character = String.valueOf(letter);
        if (Character.isHighSurrogate(letter) && Character.isLowSurrogate(text.peek())) {
            character += text.next();
        }
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            bytes.append((char) (each & 0xFF));
        }
    }

    private void scanEscape(int start) {
        char letter = text.next();
        switch (letter) {
            case 'a' -> bytes.append((char) 7);
            case 'b' -> bytes.append('\b');
            case 't' -> bytes.append('\t');
            case 'n' -> bytes.append('\n');
            case 'v' -> bytes.append((char) 11);
            case 'f' -> bytes.append('\f');
            case 'r' -> bytes.append('\r');
            case 'x' -> appendByte(start, digits(16, 2, 0, 0));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> appendByte(start, digits(8, 2, letter - '0', 1));
            // Any other character stands for itself: a quote, a backslash, a line end.
            default -> appendCharacter(letter);
        }
    }

    /** The value of at most {@code most} digits ahead, after {@code read} digits worth {@code value}; -1 for none. */
    private int digits(int radix, int most, int value, int read) {
        int sum = value;
        int count = 0;
        while (count < most && text.peek() < 0x80 && Character.digit(text.peek(), radix) >= 0) {
            sum = sum * radix + Character.digit(text.next(), radix);
            count++;
        }
        return read + count == 0 ? -1 : sum;
    }

    private void appendByte(int start, int value) {
        if (value < 0) {
            refuse(start, "`\\x` names no character", "write two hexadecimal digits after it, as in `\\x1b`");
        } else if (value == 0) {
            refuse(start, "a string cannot hold a NUL byte", "print one with printf(\"%c\", 0)");
        } else if (value > 255) {
            refuse(start, "`" + text.slice(start) + "` is not a byte", "the largest octal escape is `\\377`");
        } else {
            bytes.append((char) value);
        }
    }

    private void refuse(int start, String message, String note) {
        reported = true;
        diagnostics.report(BAD_CHARACTER, text.span(start, text.position()), message, "this one", note);
    }
}
