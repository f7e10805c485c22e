package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * Argument of BPF_PROG_LOAD (union bpf_attr).
 *
 * <pre>
 *  0 prog_type   4 insn_cnt   8 insns*   16 license*   24 log_level   28 log_size   32 log_buf*
 * 40 kern_version   44 prog_flags   48 prog_name[16]   64 prog_ifindex   68 expected_attach_type
 * 72 prog_btf_fd   76 func_info_rec_size   80 func_info*   88 func_info_cnt   92 line_info_rec_size
 * 96 line_info*  104 line_info_cnt  108 attach_btf_id  112 attach_prog_fd or attach_btf_obj_fd
 * </pre>
 */
public final class ProgramLoadAttr {
    public static final int PROG_TYPE = 0;
    public static final int INSN_CNT = 4;
    public static final int INSNS = 8;
    public static final int LICENSE = 16;
    public static final int LOG_LEVEL = 24;
    public static final int LOG_SIZE = 28;
    public static final int LOG_BUF = 32;
    public static final int PROG_FLAGS = 44;
    public static final int PROG_NAME = 48;
    public static final int EXPECTED_ATTACH_TYPE = 68;
    public static final int ATTACH_BTF_ID = 108;

    /** Through attach_btf_obj_fd and the four bytes of padding behind core_relo_cnt. */
    public static final int SIZE = 120;

    private ProgramLoadAttr() {}

    public static void encode(
            ByteBuffer attr,
            ProgramKind kind,
            int attachBtfId,
            int slots,
            long instructions,
            long license,
            String name) {
        attr.putInt(PROG_TYPE, kind.programType());
        attr.putInt(INSN_CNT, slots);
        attr.putLong(INSNS, instructions);
        attr.putLong(LICENSE, license);
        ObjectName.encode(attr, PROG_NAME, name);
        attr.putInt(EXPECTED_ATTACH_TYPE, kind.attachType());
        attr.putInt(ATTACH_BTF_ID, attachBtfId);
    }

    public static void encodeLog(ByteBuffer attr, int level, long buffer, int size) {
        attr.putInt(LOG_LEVEL, level);
        attr.putInt(LOG_SIZE, size);
        attr.putLong(LOG_BUF, buffer);
    }
}
