package io.stapscope.kernel.abi;

/** Numbers of the calls that the C library has no function for, on the architecture we run on. */
public final class SyscallNumber {
    private static final boolean X86_64 = "amd64".equals(System.getProperty("os.arch"));

    /** bpf(2). */
    public static final long BPF = X86_64 ? 321 : 280;

    /** perf_event_open(2). */
    public static final long PERF_EVENT_OPEN = X86_64 ? 298 : 241;

    /** ioctl(2); also in the C library, but as a variadic function. */
    public static final long IOCTL = X86_64 ? 16 : 29;

    /** membarrier(2). */
    public static final long MEMBARRIER = X86_64 ? 324 : 283;

    /** pidfd_open(2), on every architecture. */
    public static final long PIDFD_OPEN = 434;

    /** pidfd_send_signal(2), on every architecture. */
    public static final long PIDFD_SEND_SIGNAL = 424;

    /** fsopen(2), on every architecture. */
    public static final long FSOPEN = 430;

    /** fsconfig(2), on every architecture. */
    public static final long FSCONFIG = 431;

    /** fsmount(2), on every architecture. */
    public static final long FSMOUNT = 432;

    private SyscallNumber() {}
}
