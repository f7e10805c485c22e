package io.stapscope.debuginfo.machine;

import io.stapscope.debuginfo.machine.Instructions.Convention;
import io.stapscope.debuginfo.machine.Instructions.Sight;
import io.stapscope.debuginfo.machine.X86Instruction.Encoding;

/**
 * Which instructions at the beginning of a function nobody can tell from none: they write no memory, change no register that a
 * caller passes something in or wants to have back, and go on with the next instruction. What is not known to be so is not.
 */
final class X86Effects {
    private static final int RAX = 0;
    private static final int RSP = 4;
    private static final int R11 = 11;
    private static final int COMPARE = 7;

    private X86Effects() {}

    /**
     * Functions of C get nothing in r11, and in rax at most, if they take {@code ...}, how many vector registers are in use;
     * those that change rax do not care.
     */
    static boolean areInvisible(X86Instruction one, Convention convention, Sight sight) {
        return switch (sight) {
            case EVERYTHING -> areInvisible(one, convention);
            case RETURN_ADDRESS -> areInvisible(one, convention) || isPlain(one) && !mayChangeStack(one);
            case NOTHING -> areInvisible(one, convention) || isPlain(one);
        };
    }

    private static boolean areInvisible(X86Instruction one, Convention convention) {
        if (one.encoding() != Encoding.LEGACY || one.has(X86Instruction.LOCK)) {
            return false;
        }
        if (isEndBranch(one) || isNop(one) || changesFlagsOnly(one)) {
            return true;
        }
        int changed = changedRegister(one);
        return convention == Convention.C && (changed == R11 || changed == RAX);
    }

    /** Whether it does nothing but compute and move data, goes on with the next instruction and cannot fail but at an address. */
    private static boolean isPlain(X86Instruction one) {
        if (one.encoding() != Encoding.LEGACY || one.map() > 1) {
            return true;
        }
        return one.map() == 0 ? isPlainPrimary(one) : isPlainSecondary(one.opcode());
    }

    private static boolean isPlainPrimary(X86Instruction one) {
        int opcode = one.opcode();
        return opcode < 0x40
                || opcode == 0x63
                || opcode == 0x69
                || opcode == 0x6b
                || opcode >= 0x80 && opcode <= 0x8b
                || opcode == 0x8d
                || opcode >= 0x90 && opcode <= 0x99
                || opcode >= 0xa8 && opcode <= 0xa9
                || opcode >= 0xb0 && opcode <= 0xc1
                || (opcode == 0xc6 || opcode == 0xc7) && one.modRm() != 0xf8
                || opcode >= 0xd0 && opcode <= 0xd3
                || (opcode == 0xf6 || opcode == 0xf7) && one.extension() < 6
                || opcode >= 0xfe && one.extension() < 2;
    }

    private static boolean isPlainSecondary(int opcode) {
        return opcode >= 0x10 && opcode <= 0x1f
                || opcode >= 0x28 && opcode <= 0x2f
                || opcode >= 0x40 && opcode <= 0x7f
                || opcode >= 0x90 && opcode <= 0x9f
                || opcode >= 0xa3 && opcode <= 0xa5
                || opcode >= 0xab && opcode <= 0xad
                || opcode >= 0xaf && opcode != 0xb9 && opcode != 0xc7 && opcode != 0xff;
    }

    /** rsp as an operand, whatever becomes of it; register 4 of the vectors counts, too. */
    private static boolean mayChangeStack(X86Instruction one) {
        boolean inOpcode = one.isPrimary(0x90, 0x97) || one.isPrimary(0xb8, 0xbf) || one.isSecondary(0xc8, 0xcf);
        if (inOpcode) {
            return one.opcodeRegister() == RSP;
        }
        return one.modRm() >= 0 && !isGroup(one) && one.register() == RSP
                || one.hasRegisterOperand() && one.operandRegister() == RSP;
    }

    /** Whether the reg field belongs to the opcode. */
    private static boolean isGroup(X86Instruction one) {
        return one.isPrimary(0x80, 0x83)
                || one.isPrimary(0xc0, 0xc1)
                || one.isPrimary(0xc6, 0xc7)
                || one.isPrimary(0xd0, 0xd3)
                || one.isPrimary(0xf6, 0xf7)
                || one.isPrimary(0xfe, 0xff);
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
