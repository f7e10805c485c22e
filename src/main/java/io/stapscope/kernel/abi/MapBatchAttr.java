package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_MAP_LOOKUP_BATCH (bpf_attr.batch), since Linux 5.6.
 *
 * <pre>
 *  0 in_batch*   8 out_batch*   16 keys*   24 values*   32 count (in: room, out: filled)   36 map_fd
 * 40 elem_flags (u64)   48 flags (u64)
 * </pre>
 */
public final class MapBatchAttr {
    public static final int IN_BATCH = 0;
    public static final int OUT_BATCH = 8;
    public static final int KEYS = 16;
    public static final int VALUES = 24;
    public static final int COUNT = 32;
    public static final int MAP_FD = 36;
    public static final int ELEM_FLAGS = 40;
    public static final int FLAGS = 48;
    public static final int SIZE = 56;

    private MapBatchAttr() {}

    public static void encode(
            ByteBuffer attr, int mapFd, long inBatch, long outBatch, long keys, long values, int count) {
        attr.putLong(IN_BATCH, inBatch);
        attr.putLong(OUT_BATCH, outBatch);
        attr.putLong(KEYS, keys);
        attr.putLong(VALUES, values);
        attr.putInt(COUNT, count);
        attr.putInt(MAP_FD, mapFd);
        attr.putLong(ELEM_FLAGS, 0);
        attr.putLong(FLAGS, 0);
    }

    /** Entries the kernel filled in. */
    public static int count(ByteBuffer attr) {
        return attr.getInt(COUNT);
    }
}
