package io.stapscope.debuginfo.machine;

import io.stapscope.debuginfo.machine.Instructions.Convention;
import io.stapscope.debuginfo.machine.Instructions.Kept;
import io.stapscope.debuginfo.machine.Instructions.Sight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a function from its first instruction on, as long as a probe that looks at some of its state cannot tell where it is: no
 * register that it looks at has changed and, when it looks at memory, nothing was written but to the function's own frame. What
 * lies below the stack pointer of the caller has no meaning when the function is entered.
 *
 * <p>An instruction that is passed may fault. A page that is brought in and a signal handler that returns repeat it, and the probe
 * is hit then, later; a thread that dies there, or whose handler jumps away, has entered the function without a hit.
 */
final class X86Prologue {
    private static final int RAX = 0;
    private static final int RSP = 4;
    private static final int RBP = 5;
    private static final int R11 = 11;
    private static final int EVERY_REGISTER = 0xffff;

    /** DWARF's number of the instruction pointer, which each instruction changes. */
    private static final int INSTRUCTION_POINTER = 16;

    /** Numbers of registers by DWARF's numbers, as far as they differ. */
    private static final int[] BY_DWARF = {0, 2, 1, 3, 6, 7, 5, 4};

    /** What leaf functions may use below the stack pointer. */
    private static final int RED_ZONE = 128;

    private static final long UNKNOWN = Long.MIN_VALUE / 2;

    /** Registers that must be as they were. */
    private final int seen;

    /** Those whose values can also be looked for elsewhere, and of them those whose lower halves will do. */
    private final int sought;

    private final int halves;
    private final boolean seesPlace;
    private final boolean seesMemory;
    private final X86Values values = new X86Values();

    /** Bytes that the stack pointer and the frame pointer are below where the stack pointer was at the entry; at least. */
    private long stack;

    private long frame = UNKNOWN;

    X86Prologue(Convention convention, Sight sight) {
        boolean all = sight.registers() == Sight.ALL_REGISTERS;
        int registers = all ? meaningful(convention) : byNumber(sight.registers() | sight.halves());
        // Whoever looks at all looks at them where they are; so does the kernel at the stack pointer.
        seen = all ? registers : registers & 1 << RSP;
        sought = registers & ~seen;
        halves = all ? 0 : byNumber(sight.halves() & ~sight.registers());
        seesPlace = !all && ((sight.registers() | sight.halves()) >> INSTRUCTION_POINTER & 1) != 0;
        seesMemory = sight.memory();
    }

    /**
     * Functions of C get nothing in r11, and in rax at most, if they take {@code ...}, how many vector registers are in use; those
     * that change rax do not care.
     */
    private static int meaningful(Convention convention) {
        return switch (convention) {
            case C -> EVERY_REGISTER & ~(1 << RAX | 1 << R11);
            case UNKNOWN -> EVERY_REGISTER;
        };
    }

    private static int byNumber(int registers) {
        int found = registers & 0xff00;
        for (int i = 0; i < BY_DWARF.length; i++) {
            found |= (registers >> i & 1) << BY_DWARF[i];
        }
        return found;
    }

    /** Goes over the next instruction, if the probe cannot tell it from none. */
    boolean passes(X86Instruction one) {
        int changed = X86Effects.changedRegisters(one);
        boolean isVisible = seesPlace
                || !X86Effects.isPlain(one)
                || (changed & seen) != 0
                || seesMemory && X86Effects.mayWriteMemory(one) && !writesToFrame(one);
        if (isVisible) {
            return false;
        }
        // The frame pointer may be taken from the stack pointer as it was.
        if ((changed & 1 << RBP) != 0) {
            frame = framePointer(one);
        }
        if ((changed & 1 << RSP) != 0) {
            stack = stackPointer(one);
        }
        values.follow(one, changed);
        return isFound();
    }

    private boolean isFound() {
        for (int rest = sought; rest != 0; rest &= rest - 1) {
            if (find(Integer.numberOfTrailingZeros(rest)) == null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Kept find(int register) {
        return values.find(register, (halves >> register & 1) != 0);
    }

    /** What the probe looks at and finds elsewhere, behind the instructions that were passed. */
    List<Kept> kept() {
        var found = new ArrayList<Kept>();
        for (int rest = sought; rest != 0; rest &= rest - 1) {
            var kept = find(Integer.numberOfTrailingZeros(rest));
            if (kept != null && !kept.isInPlace()) {
                found.add(kept);
            }
        }
        return found;
    }

    private boolean writesToFrame(X86Instruction one) {
        int base = one.onlyBase();
        long depth = base == RSP ? stack : base == RBP ? frame : UNKNOWN;
        return one.displacement() >= -RED_ZONE && one.displacement() + X86Effects.mostBytesWritten(one) <= depth;
    }

    /** sub and add of a constant, and to align it, lea. */
    private long stackPointer(X86Instruction one) {
        if ((one.rex() & X86Instruction.REX_W) == 0) {
            return UNKNOWN;
        }
        if ((one.isPrimary(0x81) || one.isPrimary(0x83)) && one.hasRegisterOperand()) {
            return switch (one.extension()) {
                case 0 -> stack - one.immediate();
                case 4 -> one.immediate() < 0 ? stack : UNKNOWN;
                case 5 -> stack + one.immediate();
                default -> UNKNOWN;
            };
        }
        return one.isPrimary(0x8d) && one.onlyBase() == RSP ? stack - one.displacement() : UNKNOWN;
    }

    /** mov and lea from the stack pointer. */
    private long framePointer(X86Instruction one) {
        if ((one.rex() & X86Instruction.REX_W) == 0) {
            return UNKNOWN;
        }
        boolean isCopy = one.hasRegisterOperand()
                && (one.isPrimary(0x89) && one.register() == RSP
                        || one.isPrimary(0x8b) && one.operandRegister() == RSP);
        return isCopy ? stack : one.isPrimary(0x8d) && one.onlyBase() == RSP ? stack - one.displacement() : UNKNOWN;
    }
}
