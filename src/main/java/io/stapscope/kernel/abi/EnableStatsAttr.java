package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_ENABLE_STATS (bpf_attr.enable_stats), since Linux 5.8.
 *
 * <pre>
 *  0 type (0 = BPF_STATS_RUN_TIME)
 * </pre>
 */
public final class EnableStatsAttr {
    public static final int TYPE = 0;
    public static final int SIZE = 4;

    /** BPF_STATS_RUN_TIME. */
    public static final int RUN_TIME = 0;

    private EnableStatsAttr() {}

    public static void encode(ByteBuffer attr, int type) {
        attr.putInt(TYPE, type);
    }
}
