package io.stapscope.interpreter.library;

/** Addresses and byte orders of the network, on a little-endian machine. */
public final class Network {
    private static final String[] TCP_STATES = {
        "ESTABLISHED",
        "SYN_SENT",
        "SYN_RECV",
        "FIN_WAIT1",
        "FIN_WAIT2",
        "TIME_WAIT",
        "CLOSE",
        "CLOSE_WAIT",
        "LAST_ACK",
        "LISTEN",
        "CLOSING",
        "NEW_SYN_RECV"
    };

    private Network() {}

    /** Between the host's order and the network's, either way. */
    public static long swap16(long value) {
        return Short.toUnsignedLong(Short.reverseBytes((short) value));
    }

    public static long swap32(long value) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) value));
    }

    public static long swap64(long value) {
        return Long.reverseBytes(value);
    }

    /** An address of IPv4 as it lies in memory: its first byte is the lowest. */
    public static String ipv4(long address) {
        return (address & 0xFF) + "." + (address >> 8 & 0xFF) + "." + (address >> 16 & 0xFF) + "."
                + (address >> 24 & 0xFF);
    }

    /** {@code state} as the kernel numbers it, from 1. */
    public static String tcpState(long state) {
        return state >= 1 && state <= TCP_STATES.length ? TCP_STATES[(int) state - 1] : "UNDEF";
    }

    public static long major(long device) {
        return device >>> 20 & 0xFFF;
    }

    public static long minor(long device) {
        return device & 0xFFFFF;
    }

    public static long device(long major, long minor) {
        return (major << 20 | minor) & 0xFFFFFFFFL;
    }
}
