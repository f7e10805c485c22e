package io.stapscope.interpreter.library;

import io.stapscope.syscalls.Constants;
import java.util.StringJoiner;

/** Numbers of the kernel's interface as the names people know. */
public final class SystemNames {
    private static final int MOST_ERRORS = 4095;
    private static final int SIGNALS = 64;
    private static final Constants CONSTANTS =
            Constants.of("amd64".equals(System.getProperty("os.arch")) ? "x86_64" : System.getProperty("os.arch"));

    private SystemNames() {}

    /** {@code ENOENT} for 2 and -2; {@code E#3333} for a number without name. */
    public static String error(long number) {
        long positive = number < 0 ? -number : number;
        var name = CONSTANTS.error(positive);
        return name != null ? name : positive == 0 ? "" : "E#" + positive;
    }

    /** @param format 1 for decimal, 2 for hexadecimal, 3 for octal; errors are decimal and named */
    public static String result(long format, long value) {
        if (value < 0 && value >= -MOST_ERRORS) {
            return value + " (" + error(value) + ")";
        }
        return switch ((int) format) {
            case 2 -> "0x" + Long.toHexString(value);
            case 3 -> "0" + Long.toOctalString(value);
            default -> Long.toString(value);
        };
    }

    public static String signal(long number) {
        return CONSTANTS.signal(number);
    }

    public static String actionFlags(long flags) {
        return CONSTANTS.flags("sigaction_flags", flags);
    }

    /** The access mode and the flags of open(2). */
    public static String openFlags(long flags) {
        var mode = CONSTANTS.flags("access_mode", flags & 3);
        long rest = flags & ~3;
        return rest == 0 ? mode : mode + "|" + CONSTANTS.flags("open_flags", rest);
    }

    /** The signals of a mask, joined by bars. */
    public static String signals(long mask) {
        var names = new StringJoiner("|");
        for (int number = 1; number <= SIGNALS; number++) {
            if ((mask >>> number - 1 & 1) != 0) {
                names.add(signal(number));
            }
        }
        return names.toString();
    }
}
