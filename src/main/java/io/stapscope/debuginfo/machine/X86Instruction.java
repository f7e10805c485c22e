package io.stapscope.debuginfo.machine;

/**
 * An instruction of x86-64 taken apart.
 *
 * @param length bytes
 * @param map 0 for one-byte opcodes, 1 for 0f, 2 for 0f 38, 3 for 0f 3a, others as the encoding numbers them
 * @param prefixes legacy ones, bits of {@code X86Instruction}
 * @param rex 0 when there is none
 * @param modRm -1 when there is none
 * @param sib -1 when there is none
 * @param displacement sign-extended, of the operand in memory; 0 when there is none
 * @param immediate sign-extended; 0 when there is none
 */
record X86Instruction(
        int length,
        Encoding encoding,
        int map,
        int opcode,
        int prefixes,
        int rex,
        int modRm,
        int sib,
        int displacement,
        long immediate) {
    enum Encoding {
        LEGACY,
        VEX,
        EVEX,
        XOP
    }

    static final int OPERAND_SIZE = 1;
    static final int ADDRESS_SIZE = 2;
    static final int LOCK = 4;
    static final int REPNE = 8;
    static final int REP = 16;

    /** FS and GS, which mean something. */
    static final int THREAD_SEGMENT = 32;

    /** CS, DS, ES and SS, which mean nothing in 64-bit mode. */
    static final int NULL_SEGMENT = 64;

    static final int REX_B = 1;
    static final int REX_X = 2;
    static final int REX_R = 4;
    static final int REX_W = 8;

    boolean has(int prefix) {
        return (prefixes & prefix) != 0;
    }

    boolean isPrimary(int first, int last) {
        return encoding == Encoding.LEGACY && map == 0 && opcode >= first && opcode <= last;
    }

    boolean isPrimary(int exactly) {
        return isPrimary(exactly, exactly);
    }

    boolean isSecondary(int first, int last) {
        return encoding == Encoding.LEGACY && map == 1 && opcode >= first && opcode <= last;
    }

    /** Whether the r/m field means a register. */
    boolean hasRegisterOperand() {
        return modRm >= 0xc0;
    }

    /** Whether the r/m field means memory. */
    boolean hasMemoryOperand() {
        return modRm >= 0 && modRm < 0xc0;
    }

    /**
     * Number of the one register that the address of the operand in memory is computed from; -1 when there is none, when there
     * are two and when it is not the whole of it.
     */
    int onlyBase() {
        if (!hasMemoryOperand() || has(ADDRESS_SIZE | THREAD_SEGMENT)) {
            return -1;
        }
        int upper = (rex & REX_B) != 0 ? 8 : 0;
        boolean isDirect = modRm < 0x40;
        if (sib < 0) {
            return isDirect && (modRm & 7) == 5 ? -1 : modRm & 7 | upper;
        }
        boolean hasIndex = (sib >> 3 & 7) != 4 || (rex & REX_X) != 0;
        return hasIndex || isDirect && (sib & 7) == 5 ? -1 : sib & 7 | upper;
    }

    /** The reg field, which extends some opcodes. */
    int extension() {
        return modRm >> 3 & 7;
    }

    /** Number of the register of the reg field: rax rcx rdx rbx rsp rbp rsi rdi r8... */
    int register() {
        return extension() | ((rex & REX_R) != 0 ? 8 : 0);
    }

    /** Number of the register of the r/m field. */
    int operandRegister() {
        return modRm & 7 | ((rex & REX_B) != 0 ? 8 : 0);
    }

    /** Number of the register in the opcode. */
    int opcodeRegister() {
        return opcode & 7 | ((rex & REX_B) != 0 ? 8 : 0);
    }

    /** jcc. */
    boolean isConditionalJump() {
        return isPrimary(0x70, 0x7f) || isSecondary(0x80, 0x8f);
    }

    /** A jump whose target is in the instruction: jmp, jcc, loop, jrcxz, xbegin. */
    boolean isDirectJump() {
        return isConditionalJump()
                || isPrimary(0xe9)
                || isPrimary(0xeb)
                || isPrimary(0xe0, 0xe3)
                || isPrimary(0xc7) && modRm == 0xf8;
    }

    /** jmp through a register or memory. */
    boolean isIndirectJump() {
        return isPrimary(0xff) && (extension() == 4 || extension() == 5);
    }

    /** An indirect jump that may go through a table of places in the same function. */
    boolean mayJumpByTable() {
        return isIndirectJump() && (hasRegisterOperand() || (modRm & 7) == 4);
    }
}
