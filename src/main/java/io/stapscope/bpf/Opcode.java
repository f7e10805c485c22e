package io.stapscope.bpf;

/** The fields of an instruction's first byte. */
public final class Opcode {
    /** Classes: the low three bits. */
    static final int LDX = 0x01;

    static final int ST = 0x02;
    static final int STX = 0x03;
    static final int ALU32 = 0x04;
    static final int JMP = 0x05;
    static final int ALU64 = 0x07;

    /** Modes of loads and stores. */
    static final int MEM = 0x60;

    static final int MEM_SIGNED = 0x80;
    static final int ATOMIC = 0xc0;

    /** The operand is a register, not the immediate. */
    static final int FROM_REGISTER = 0x08;

    static final int JUMP_ALWAYS = 0x05;
    static final int CALL = 0x85;
    static final int EXIT = 0x95;

    /** Source field of 64-bit immediate loads and calls that the loader resolves. */
    public static final int PSEUDO_MAP_FD = 1;

    public static final int PSEUDO_MAP_VALUE = 2;
    public static final int PSEUDO_KFUNC_CALL = 2;

    private Opcode() {}

    static int type(int opcode) {
        return opcode & 0x07;
    }

    static boolean isConditionalJump(int opcode) {
        return type(opcode) == JMP && opcode != JUMP_ALWAYS && opcode != CALL && opcode != EXIT;
    }
}
