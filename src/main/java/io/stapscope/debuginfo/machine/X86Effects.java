package io.stapscope.debuginfo.machine;

import io.stapscope.debuginfo.machine.Instructions.Convention;
import io.stapscope.debuginfo.machine.X86Instruction.Encoding;

/**
 * Which instructions at the beginning of a function nobody can tell from none: they write no memory, change no register that a
 * caller passes something in or wants to have back, and go on with the next instruction. What is not known to be so is not.
 */
final class X86Effects {
    private static final int RAX = 0;
    private static final int R11 = 11;
    private static final int COMPARE = 7;

    private X86Effects() {}

    /**
     * Functions of C get nothing in r11, and in rax at most, if they take {@code ...}, how many vector registers are in use;
     * those that change rax do not care.
     */
    static boolean areInvisible(X86Instruction one, Convention convention) {
        if (one.encoding() != Encoding.LEGACY || one.has(X86Instruction.LOCK)) {
            return false;
        }
        if (isEndBranch(one) || isNop(one) || changesFlagsOnly(one)) {
            return true;
        }
        int changed = changedRegister(one);
        return convention == Convention.C && (changed == R11 || changed == RAX);
    }

    /** endbr64: f3 0f 1e fa. */
    static boolean isEndBranch(X86Instruction one) {
        return one.isSecondary(0x1e, 0x1e) && one.modRm() == 0xfa && one.has(X86Instruction.REP) && one.length() == 4;
    }

    private static boolean isNop(X86Instruction one) {
        return one.isSecondary(0x1f, 0x1f) && one.extension() == 0
                || one.isPrimary(0x90) && (one.rex() & X86Instruction.REX_B) == 0;
    }

    /** cmp, test, bt; comparisons of vector registers. */
    private static boolean changesFlagsOnly(X86Instruction one) {
        return one.isPrimary(0x38, 0x3d)
                || one.isPrimary(0x80, 0x83) && one.extension() == COMPARE
                || one.isPrimary(0x84, 0x85)
                || one.isPrimary(0xa8, 0xa9)
                || one.isPrimary(0xf6, 0xf7) && one.extension() < 2
                || one.isSecondary(0x2e, 0x2f)
                || one.isSecondary(0xa3, 0xa3)
                || one.isSecondary(0xba, 0xba) && one.extension() == 4;
    }

    /** Number of the one register an instruction changes, apart from the flags; -1 when it does something else. */
    private static int changedRegister(X86Instruction one) {
        if (one.isPrimary(0xb8, 0xbf)) {
            return one.opcodeRegister();
        }
        if (changesRegField(one)) {
            return one.register();
        }
        return one.hasRegisterOperand() && changesOperand(one) ? one.operandRegister() : -1;
    }

    /** mov, movsxd, lea, movzx, movsx, cmovcc, imul; add, or, adc, sbb, and, sub and xor of 32 and 64 bits. */
    private static boolean changesRegField(X86Instruction one) {
        boolean arithmetic = one.isPrimary(0x00, 0x3f) && (one.opcode() & 7) == 3 && one.opcode() != 0x3b;
        return arithmetic
                || one.isPrimary(0x8b)
                || one.isPrimary(0x63)
                || one.isPrimary(0x8d)
                || one.isPrimary(0x69)
                || one.isPrimary(0x6b)
                || one.isSecondary(0x40, 0x4f)
                || one.isSecondary(0xaf, 0xaf)
                || one.isSecondary(0xb6, 0xb7)
                || one.isSecondary(0xbe, 0xbf);
    }

    /** The same with the register in the r/m field; shifts, not, neg, inc, dec, mov of a constant. */
    private static boolean changesOperand(X86Instruction one) {
        boolean arithmetic = one.isPrimary(0x00, 0x37) && (one.opcode() & 7) == 1;
        return arithmetic
                || one.isPrimary(0x89)
                || one.isPrimary(0x81) && one.extension() != COMPARE
                || one.isPrimary(0x83) && one.extension() != COMPARE
                || one.isPrimary(0xc7)
                || one.isPrimary(0xc1)
                || one.isPrimary(0xd1)
                || one.isPrimary(0xd3)
                || one.isPrimary(0xf7) && (one.extension() == 2 || one.extension() == 3)
                || one.isPrimary(0xff) && one.extension() < 2;
    }
}
