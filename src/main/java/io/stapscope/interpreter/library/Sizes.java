package io.stapscope.interpreter.library;

import java.util.Locale;

/** Amounts of memory as text, five characters wide where they fit. */
public final class Sizes {
    private Sizes() {}

    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return String.format(Locale.ROOT, "%5d", bytes);
        }
        long rest = bytes;
        for (char unit : new char[] {'K', 'M'}) {
            long part = rest % 1024;
            rest /= 1024;
            if (rest < 1024) {
                return with(rest, part, unit);
            }
        }
        return with(rest / 1024, rest % 1024, 'G');
    }

    private static String with(long whole, long part, char unit) {
        if (whole < 10) {
            return String.format(Locale.ROOT, "%d.%02d%c", whole, part * 100 / 1024, unit);
        }
        if (whole < 100) {
            return String.format(Locale.ROOT, "%2d.%d%c", whole, part * 10 / 1024, unit);
        }
        return String.format(Locale.ROOT, "%4d%c", whole, unit);
    }
}
