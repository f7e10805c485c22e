package io.stapscope.interpreter.library;

/** Functions of strings. Positions count bytes from 0. */
public final class Strings {
    private Strings() {}

    /** The part from {@code start}; "" when start lies outside. */
    public static String substr(String text, long start, long length) {
        if (start < 0 || start >= text.length() || length <= 0) {
            return "";
        }
        int from = (int) start;
        return text.substring(from, from + (int) Math.min(length, text.length() - from));
    }

    public static long isinstr(String text, String part) {
        return text.contains(part) ? 1 : 0;
    }

    /** Where a part first occurs, -1 if nowhere. */
    public static long strpos(String text, String part) {
        return text.indexOf(part);
    }

    /** The byte at a position, signed as C's char is. */
    public static long stringat(String text, long position) {
        if (position < 0 || position >= text.length()) {
            throw new LibraryException("Position out of bounds");
        }
        return (byte) text.charAt((int) position);
    }

    /** An empty part is found nowhere. */
    public static String strReplace(String text, String part, String replacement) {
        return part.isEmpty() ? text : text.replace(part, replacement);
    }

    /** Whether the first byte is a decimal digit. */
    public static long isdigit(String text) {
        return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9' ? 1 : 0;
    }

    /**
     * The number at the beginning of a string, as the kernel's simple_strtol reads it: no white space in front, digits up
     * to f, wrapping at 64 bits. Base 0 takes 0x and 0 as C does.
     */
    public static long strtol(String text, long base) {
        boolean negative = text.startsWith("-");
        int at = negative ? 1 : 0;
        boolean hexPrefix = text.regionMatches(true, at, "0x", 0, 2) && digit(text, at + 2) < 16;
        long radix = base != 0 ? base : hexPrefix ? 16 : text.startsWith("0", at) ? 8 : 10;
        if (radix == 16 && text.regionMatches(true, at, "0x", 0, 2)) {
            at += 2;
        }
        long value = 0;
        for (; digit(text, at) < radix; at++) {
            value = value * radix + digit(text, at);
        }
        return negative ? -value : value;
    }

    /** 99 for what is no digit; more than any base the kernel reads. */
    private static int digit(String text, int at) {
        int value = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        return value < 0 || text.charAt(at) > 'f' ? Integer.MAX_VALUE : value;
    }
}
