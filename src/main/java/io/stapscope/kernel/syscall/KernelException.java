package io.stapscope.kernel.syscall;

/** The kernel refused a call. */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String operation;
    private final int errno;
    private final String what;

    /**
     * @param operation the call in the kernel's spelling: {@code bpf(BPF_MAP_CREATE)}
     * @param what what we asked for, in our words: {@code map latency}
     */
    public KernelException(String operation, int errno, String what) {
        super(message(operation, errno, what));
        this.operation = operation;
        this.errno = errno;
        this.what = what;
    }

    public String operation() {
        return operation;
    }

    public int errno() {
        return errno;
    }

    public String what() {
        return what;
    }

    private static String message(String operation, int errno, String what) {
        var explanation = Errno.explanation(errno);
        var reason = explanation.isEmpty() ? Errno.name(errno) : Errno.name(errno) + " (" + explanation + ")";
        return what + ": " + operation + " failed with " + reason;
    }
}
