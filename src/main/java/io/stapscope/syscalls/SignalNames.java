package io.stapscope.syscalls;

import java.util.StringJoiner;

/** Names of signals, and of sets of them. */
final class SignalNames {
    /** The first of the signals that have no name of their own, as the kernel counts. */
    private static final int FIRST_REALTIME = 32;

    private static final int SIGNALS = 64;

    private final ConstantSet names;

    SignalNames(ConstantSet names) {
        this.names = names;
    }

    String name(int number) {
        var name = names.name(number);
        if (name != null) {
            return name;
        }
        if (number >= FIRST_REALTIME && number <= SIGNALS) {
            return number == FIRST_REALTIME ? "SIGRTMIN" : "SIGRT_" + (number - FIRST_REALTIME);
        }
        return Integer.toString(number);
    }

    /** A set that holds most signals is written by those it lacks. */
    String set(long mask, int bytes) {
        int bits = 8 * bytes;
        long all = bits == SIGNALS ? -1 : (1L << bits) - 1;
        boolean inverted = Long.bitCount(mask & all) >= bits * 2 / 3;
        long shown = (inverted ? ~mask : mask) & all;
        var text = new StringJoiner(" ", inverted ? "~[" : "[", "]");
        for (int signal = 1; signal <= bits; signal++) {
            if ((shown >>> signal - 1 & 1) != 0) {
                text.add(name(signal).substring("SIG".length()));
            }
        }
        return text.toString();
    }
}
