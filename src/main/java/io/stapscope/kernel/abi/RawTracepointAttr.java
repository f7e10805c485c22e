package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_RAW_TRACEPOINT_OPEN (bpf_attr.raw_tracepoint).
 *
 * <pre>
 *  0 name*   8 prog_fd   12 (zero)   16 cookie (6.9)
 * </pre>
 */
public final class RawTracepointAttr {
    public static final int NAME = 0;
    public static final int PROG_FD = 8;
    public static final int COOKIE = 16;
    public static final int SIZE = 24;

    private RawTracepointAttr() {}

    /** @param name address of the name; 0 for a BTF-typed program, which knows its tracepoint since it was loaded */
    public static void encode(ByteBuffer attr, long name, int programFd, long cookie) {
        attr.putLong(NAME, name);
        attr.putInt(PROG_FD, programFd);
        attr.putLong(COOKIE, cookie);
    }
}
