package io.stapscope.debuginfo.machine;

import static io.stapscope.debuginfo.machine.X86Instruction.LOCK;
import static io.stapscope.debuginfo.machine.X86Instruction.NULL_SEGMENT;
import static io.stapscope.debuginfo.machine.X86Instruction.OPERAND_SIZE;

import io.stapscope.debuginfo.machine.X86Instruction.Encoding;

/** How the kernel treats an instruction that a probe replaces (arch/x86/kernel/uprobes.c). */
final class X86Treatment {
    /**
     * One-byte opcodes that it steps over: {@code good_insns_64}. Opcodes behind VEX and EVEX are looked up here, too.
     */
    private static final String PRIMARY = "1111110011111101" // 00
            + "1111110011111100" // 10
            + "1111111011111110" // 20
            + "1111111011111110" // 30
            + "1111111111111111" // 40
            + "1111111111111111" // 50
            + "0001111111110000" // 60
            + "1111111111111111" // 70
            + "1101111111111111" // 80
            + "1111111111011111" // 90
            + "1111111111111111" // a0
            + "1111111111111111" // b0
            + "1111111111110000" // c0
            + "1111000111111111" // d0
            + "1111000011010000" // e0
            + "0011011111001111"; // f0

    private static final int MOV_TO_SEGMENT = 0x8e;
    private static final int SS = 2;
    private static final int REX_B_ALONE = 0x41;

    private X86Treatment() {}

    static Treatment of(X86Instruction one) {
        // lock and the segments that mean nothing are refused; so is mov to ss, which masks the trap of a single step.
        boolean refused = one.has(LOCK | NULL_SEGMENT)
                || one.isPrimary(MOV_TO_SEGMENT) && one.extension() == SS
                || !isKnown(one)
                || isTakenForBranch(one);
        if (refused) {
            return Treatment.REFUSED;
        }
        if (isNop5(one)) {
            return Treatment.CALL;
        }
        if (isNop(one) || isPush(one)) {
            return Treatment.EMULATED;
        }
        if (one.isConditionalJump() || one.isPrimary(0xe8, 0xe9) || one.isPrimary(0xeb)) {
            // Intel and AMD differ over what a branch with this prefix is.
            return one.has(OPERAND_SIZE) ? Treatment.REFUSED : Treatment.EMULATED;
        }
        return Treatment.SINGLE_STEP;
    }

    /**
     * The kernel takes all opcodes behind 0f. We leave those out that enter or leave it (syscall, sysret, sysenter, sysexit): it
     * would return to where it steps, not to the program; and ud2, which never goes on.
     */
    private static boolean isKnown(X86Instruction one) {
        if (one.encoding() != Encoding.LEGACY || one.map() == 0) {
            return PRIMARY.charAt(one.opcode()) == '1';
        }
        return one.map() > 1
                || switch (one.opcode()) {
                    case 0x05, 0x07, 0x0b, 0x34, 0x35 -> false;
                    default -> true;
                };
    }

    /**
     * The kernel looks at the opcode alone when it decides what it emulates: behind VEX, EVEX or XOP it takes a vector
     * instruction for a jump, a call or a no-op of that number, and the program goes on without it.
     */
    private static boolean isTakenForBranch(X86Instruction one) {
        return one.encoding() != Encoding.LEGACY
                && switch (one.opcode()) {
                    case 0x90, 0xe8, 0xe9, 0xeb -> true;
                    default -> one.opcode() >> 4 == 7;
                };
    }

    /** 0f 1f 44 00 00, which is the only one of this length without prefixes. */
    private static boolean isNop5(X86Instruction one) {
        return one.isSecondary(0x1f, 0x1f)
                && one.length() == 5
                && one.prefixes() == 0
                && one.rex() == 0
                && one.modRm() == 0x44;
    }

    /** nop, also with prefixes; with REX.B it is an exchange, with f3 it is pause, which does nothing either. */
    private static boolean isNop(X86Instruction one) {
        return one.isPrimary(0x90) && (one.rex() & X86Instruction.REX_B) == 0;
    }

    private static boolean isPush(X86Instruction one) {
        return one.isPrimary(0x50, 0x57) && (one.length() == 1 || one.length() == 2 && one.rex() == REX_B_ALONE);
    }
}
