package io.stapscope.interpreter.library;

/**
 * Strings with what cannot be printed escaped, as text_str() and the quoted forms give them: C letters, octal for other
 * bytes, {@code \\uXXXX} for characters of UTF-8.
 */
public final class QuotedText {
    private static final String NAMED = "\7\b\f\n\r\t\13\"\\";
    private static final String LETTERS = "abfnrtv\"\\";

    private final StringBuilder out = new StringBuilder();
    private final String text;
    private int at;
    private int room;

    private QuotedText(String text, int room) {
        this.text = text;
        this.room = room;
    }

    /**
     * @param most bytes of the result, 0 for as many as a string holds
     * @param quoted puts double quotes around it, and dots behind them when it was cut
     * @param maxStringLength MAXSTRINGLEN
     */
    public static String of(String text, long most, boolean quoted, int maxStringLength) {
        int limit = most <= 0 || most > maxStringLength - 1 ? maxStringLength - 1 : (int) most;
        var writer = new QuotedText(text, quoted ? Math.max(limit, 5) - 2 : limit);
        boolean whole = writer.run();
        if (!quoted) {
            return writer.out.toString();
        }
        var result = "\"" + writer.out + "\"";
        if (whole) {
            return result;
        }
        // The dots take the place of the last bytes when there is no room behind them.
        return result.length() + 3 <= maxStringLength - 1 ? result + "..." : result;
    }

    /** Whether all of the text found room. */
    private boolean run() {
        while (at < text.length() && text.charAt(at) != 0) {
            var piece = piece();
            if (piece.length() > room) {
                return false;
            }
            out.append(piece);
            room -= piece.length();
        }
        return true;
    }

    private String piece() {
        int length = utf8Length();
        if (length > 1) {
            int point = codePoint(length);
            if (point >= 0) {
                at += length;
                return point <= 0xFFFF ? String.format("\\u%04X", point) : String.format("\\U%08X", point);
            }
        }
        int value = text.charAt(at++) & 0xFF;
        int named = NAMED.indexOf(value);
        if (named >= 0) {
            return "\\" + LETTERS.charAt(named);
        }
        return value >= ' ' && value < 0x7F ? String.valueOf((char) value) : String.format("\\%03o", value);
    }

    private int utf8Length() {
        int first = text.charAt(at) & 0xFF;
        return (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : (first & 0xF8) == 0xF0 ? 4 : 1;
    }

    /** -1 for bytes that are no character of UTF-8, or are written longer than need be. */
    private int codePoint(int length) {
        if (at + length > text.length()) {
            return -1;
        }
        int point = text.charAt(at) & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            int next = text.charAt(at + i) & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return -1;
            }
            point = point << 6 | next & 0x3F;
        }
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        return point < least ? -1 : point;
    }
}
