package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_OBJ_GET_INFO_BY_FD (bpf_attr.info).
 *
 * <pre>
 *  0 bpf_fd   4 info_len (in: room, out: filled)   8 info*
 * </pre>
 */
public final class ObjectInfoAttr {
    public static final int BPF_FD = 0;
    public static final int INFO_LEN = 4;
    public static final int INFO = 8;
    public static final int SIZE = 16;

    private ObjectInfoAttr() {}

    public static void encode(ByteBuffer attr, int fd, long info, int infoLength) {
        attr.putInt(BPF_FD, fd);
        attr.putInt(INFO_LEN, infoLength);
        attr.putLong(INFO, info);
    }
}
