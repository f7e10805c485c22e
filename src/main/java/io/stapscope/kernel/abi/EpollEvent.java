package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * One epoll event (struct epoll_event), packed on x86-64 and padded elsewhere.
 *
 * <pre>
 *  x86-64:  0 events (u32)   4 data (u64)         others:  0 events   4 (zero)   8 data
 * </pre>
 */
public final class EpollEvent {
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));

    public static final int EVENTS = 0;
    public static final int DATA = PACKED ? 4 : 8;
    public static final int SIZE = DATA + 8;

    /** EPOLLIN. */
    public static final int IN = 1;

    /** EPOLL_CTL_ADD. */
    public static final int CTL_ADD = 1;

    /** EPOLL_CLOEXEC. */
    public static final int CLOEXEC = 0x80000;

    private EpollEvent() {}

    public static void encode(ByteBuffer event, int events, long data) {
        event.putInt(EVENTS, events);
        event.putLong(DATA, data);
    }

    /** What was given with the descriptor. */
    public static long data(ByteBuffer event) {
        return event.getLong(DATA);
    }
}
