package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_LINK_CREATE (bpf_attr.link_create) with its uprobe_multi part.
 *
 * <pre>
 *  0 prog_fd   4 target_fd   8 attach_type   12 flags
 * uprobe_multi: 16 path*   24 offsets*   32 ref_ctr_offsets*   40 cookies*   48 cnt   52 flags   56 pid
 * kprobe_multi: 16 flags   20 cnt   24 syms*   32 addrs*   40 cookies*
 * </pre>
 */
public final class LinkCreateAttr {
    public static final int PROG_FD = 0;
    public static final int TARGET_FD = 4;
    public static final int ATTACH_TYPE = 8;
    public static final int FLAGS = 12;
    public static final int UPROBE_MULTI_PATH = 16;
    public static final int UPROBE_MULTI_OFFSETS = 24;
    public static final int UPROBE_MULTI_SEMAPHORES = 32;
    public static final int UPROBE_MULTI_COOKIES = 40;
    public static final int UPROBE_MULTI_CNT = 48;
    public static final int UPROBE_MULTI_FLAGS = 52;
    public static final int UPROBE_MULTI_PID = 56;

    /** BPF_F_UPROBE_MULTI_RETURN. */
    public static final int RETURN = 1;

    public static final int KPROBE_MULTI_CNT = 20;
    public static final int KPROBE_MULTI_SYMS = 24;
    public static final int SIZE = 64;

    private LinkCreateAttr() {}

    public static void encode(ByteBuffer attr, int programFd, ProgramKind kind) {
        attr.putInt(PROG_FD, programFd);
        attr.putInt(ATTACH_TYPE, kind.attachType());
    }

    public static void encodeUprobes(ByteBuffer attr, long path, long offsets, int count) {
        attr.putLong(UPROBE_MULTI_PATH, path);
        attr.putLong(UPROBE_MULTI_OFFSETS, offsets);
        attr.putInt(UPROBE_MULTI_CNT, count);
    }

    /**
     * What {@link #encodeUprobes(ByteBuffer, long, long, int)} leaves out.
     *
     * @param semaphores address of one offset for each place, 0 when none has a semaphore
     */
    public static void encodeUprobes(ByteBuffer attr, long semaphores, long cookies, int flags, int process) {
        attr.putLong(UPROBE_MULTI_SEMAPHORES, semaphores);
        attr.putLong(UPROBE_MULTI_COOKIES, cookies);
        attr.putInt(UPROBE_MULTI_FLAGS, flags);
        attr.putInt(UPROBE_MULTI_PID, process);
    }

    public static void encodeKprobes(ByteBuffer attr, long symbols, int count) {
        attr.putInt(KPROBE_MULTI_CNT, count);
        attr.putLong(KPROBE_MULTI_SYMS, symbols);
    }
}
