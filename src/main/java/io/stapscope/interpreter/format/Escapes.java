package io.stapscope.interpreter.format;

/** Bytes that cannot be printed as backslash sequences: the C letters, octal for the rest. */
public final class Escapes {
    private static final String NAMED = "\7\b\t\n\13\f\r";
    private static final String LETTERS = "abtnvfr";

    private Escapes() {}

    /** Appends one byte; {@code quote} and the backslash are escaped too. */
    static void append(int oneByte, char quote, ByteSink out) {
        int value = oneByte & 0xFF;
        int named = NAMED.indexOf(value);
        if (named >= 0) {
            out.append('\\');
            out.append(LETTERS.charAt(named));
        } else if (value == quote || value == '\\') {
            out.append('\\');
            out.append(value);
        } else if (value >= ' ' && value < 0x7F) {
            out.append(value);
        } else {
            out.append('\\');
            out.appendUnsigned(value, 8, false, 3);
        }
    }

    /** A byte string as it would stand between double quotes. */
    public static String quoted(String text) {
        var out = new ByteSink(text.length() + 8);
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i), '"', out);
        }
        out.append('"');
        return out.toString();
    }
}
