package io.stapscope.kernel.abi;

import java.nio.ByteBuffer;

/**
 * One slot of a program (struct bpf_insn).
 *
 * <pre>
 *  0 code (u8)   1 dst_reg:4, src_reg:4   2 off (s16)   4 imm (s32)
 * </pre>
 */
public final class BpfInsn {
    public static final int CODE = 0;
    public static final int REGISTERS = 1;
    public static final int OFF = 2;
    public static final int IMM = 4;
    public static final int SIZE = 8;

    /** BPF_PSEUDO_MAP_FD: source register of a 64-bit immediate that is a map. */
    public static final int PSEUDO_MAP_FD = 1;

    /** BPF_PSEUDO_MAP_VALUE: source register of a 64-bit immediate that is a byte of a map's first value. */
    public static final int PSEUDO_MAP_VALUE = 2;

    /** BPF_PSEUDO_KFUNC_CALL: source register of a call by BTF id. */
    public static final int PSEUDO_KFUNC_CALL = 2;

    private BpfInsn() {}

    public static void encode(
            ByteBuffer buffer, int at, int code, int destination, int source, int offset, int immediate) {
        buffer.put(at + CODE, (byte) code);
        buffer.put(at + REGISTERS, (byte) (destination & 0xf | source << 4));
        buffer.putShort(at + OFF, (short) offset);
        buffer.putInt(at + IMM, immediate);
    }
}
