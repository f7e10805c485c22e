package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * What the kernel tells about a loaded program (struct bpf_prog_info).
 *
 * <pre>
 *  0 type   4 id   8 tag[8]   16 jited_prog_len   20 xlated_prog_len   24 jited*   32 xlated*   40 load_time
 * 48 created_by_uid  52 nr_map_ids  56 map_ids*  64 name[16] ... 192 run_time_ns  200 run_cnt
 * 208 recursion_misses (5.12)  216 verified_insns (5.16)  220 attach_btf_obj_id  224 attach_btf_id
 * </pre>
 *
 * @param runNanos time spent in the program while the kernel kept statistics, else 0
 * @param runs runs while the kernel kept statistics, else 0
 * @param recursionMisses runs skipped because the program was already running on that CPU
 */
public record BpfProgramInfo(
        int type,
        int id,
        int jitedBytes,
        int translatedBytes,
        long runNanos,
        long runs,
        long recursionMisses,
        int verifiedInstructions) {
    public static final int TYPE = 0;
    public static final int ID = 4;
    public static final int JITED_PROG_LEN = 16;
    public static final int XLATED_PROG_LEN = 20;
    public static final int RUN_TIME_NS = 192;
    public static final int RUN_CNT = 200;
    public static final int RECURSION_MISSES = 208;
    public static final int VERIFIED_INSNS = 216;

    /** With the padding behind attach_btf_id. */
    public static final int SIZE = 232;

    public static BpfProgramInfo decode(ByteBuffer info) {
        return new BpfProgramInfo(
                info.getInt(TYPE),
                info.getInt(ID),
                info.getInt(JITED_PROG_LEN),
                info.getInt(XLATED_PROG_LEN),
                info.getLong(RUN_TIME_NS),
                info.getLong(RUN_CNT),
                info.getLong(RECURSION_MISSES),
                info.getInt(VERIFIED_INSNS));
    }
}
