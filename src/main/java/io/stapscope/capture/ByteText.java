package io.stapscope.capture;

import java.nio.charset.StandardCharsets;

/**
 * Turns byte strings (each char is one byte) into text that can be shown: UTF-8 where it is valid, {@code \xNN} for every
 * other byte and for control characters but tab and line end. Nothing is replaced by one common sign, so two names that
 * differ keep differing.
 */
public final class ByteText {
    private ByteText() {}

    public static String decode(String bytes) {
        // Most lines are: a burst of them must not cost much.
        if (plainUntil(bytes, 0) == bytes.length()) {
            return bytes;
        }
        var text = new StringBuilder(bytes.length());
        int at = 0;
        while (at < bytes.length()) {
            int plain = plainUntil(bytes, at);
            text.append(bytes, at, plain);
            at = plain;
            if (at == bytes.length()) {
                break;
            }
            int length = sequenceLength(bytes, at);
            if (length == 0) {
                text.append(String.format("\\x%02x", (int) bytes.charAt(at) & 0xff));
                at++;
            } else {
                text.appendCodePoint(codePoint(bytes, at, length));
                at += length;
            }
        }
        return text.toString();
    }

    /** The same in one line, for a label: tab and line end are escaped, too. */
    public static String line(String bytes) {
        return decode(bytes).replace("\n", "\\x0a").replace("\t", "\\x09");
    }

    /** The UTF-8 bytes of a text as a byte string. */
    public static String encode(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Where the first byte after {@code from} is that is neither ASCII to be shown nor a line end. */
    private static int plainUntil(String bytes, int from) {
        for (int i = from; i < bytes.length(); i++) {
            char each = bytes.charAt(i);
            if ((each < 0x20 || each >= 0x7f) && each != '\n') {
                return i;
            }
        }
        return bytes.length();
    }

    /** Bytes of the character at {@code at} if it is one that can be shown, else 0. */
    private static int sequenceLength(String bytes, int at) {
        int first = bytes.charAt(at);
        if (first < 0x80) {
            return first >= 0x20 && first != 0x7f || first == '\t' || first == '\n' ? 1 : 0;
        }
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || at + length > bytes.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes.charAt(at + i) & 0xffc0) != 0x80) {
                return 0;
            }
        }
        return isShown(codePoint(bytes, at, length), length) ? length : 0;
    }

    /** Not an overlong form, surrogate, C1 control, or a sign that turns the direction of the text around it. */
    private static boolean isShown(int point, int length) {
        boolean shortest = point >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000);
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        boolean control = point < 0xa0 || (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
        return shortest && !surrogate && !control && point <= 0x10ffff;
    }

    private static int codePoint(String bytes, int at, int length) {
        int point = length == 1 ? bytes.charAt(at) : bytes.charAt(at) & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            point = point << 6 | (bytes.charAt(at + i) & 0x3f);
        }
        return point;
    }
}
