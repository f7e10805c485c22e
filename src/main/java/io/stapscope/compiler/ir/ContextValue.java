package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;

/** What a probe hit offers besides its arguments. */
public enum ContextValue {
    EXECNAME(Type.STRING, 16),
    PID(Type.LONG, 8),
    TID(Type.LONG, 8),
    PPID(Type.LONG, 8),
    UID(Type.LONG, 8),
    GID(Type.LONG, 8),
    CPU(Type.LONG, 8),
    /** Target process of the run (-x or -c), 0 without one. Known when the run starts, not when it is compiled. */
    TARGET(Type.LONG, 8),
    /** Wall clock in nanoseconds since 1970: kernel monotonic time plus one offset fixed for the run. */
    TIME_NANOS(Type.LONG, 8),
    /** {@code $syscall}: number of the system call. */
    SYSCALL(Type.LONG, 8),
    /** {@code $return}: result of the system call, signed; the register of results where a function returns. */
    RETURN(Type.LONG, 8),
    /** Address of the current thread's {@code task_struct}. */
    TASK(Type.LONG, 8),
    /** 1 when the hit interrupted code of a program, 0 when it came in the kernel. */
    USER_MODE(Type.LONG, 8),
    /** Address of the instruction that was interrupted; of a system call, that of the program behind the call. */
    ADDRESS(Type.LONG, 8),
    /** Address of the program's instruction where its thread entered the kernel, or was interrupted. */
    USER_ADDRESS(Type.LONG, 8),
    /** Index of the hit's place among {@link ProbePoint.Code#sites()}. */
    SITE(Type.LONG, 8),
    /** Where the probed file lies in memory: what to add to its addresses. */
    RELOCATION(Type.LONG, 8),
    /** What came in: the content written to a file of the run, or a character or line of its input. */
    INPUT(Type.STRING, 4096);

    private final Type type;
    private final int width;

    ContextValue(Type type, int width) {
        this.type = type;
        this.width = width;
    }

    public Type type() {
        return type;
    }

    /** Bytes: 8 for a number; for a string the longest it can be with its NUL. */
    public int width() {
        return width;
    }
}
