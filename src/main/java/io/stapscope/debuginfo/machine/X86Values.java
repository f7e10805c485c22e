package io.stapscope.debuginfo.machine;

import io.stapscope.debuginfo.machine.Instructions.Kept;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows where the values lie that registers had when a function was entered: what copies them, adds a constant to them or
 * stores them in the function's own frame can be undone later. Everything else loses them.
 */
final class X86Values {
    private static final int COUNT = 16;
    private static final int RSP = 4;
    private static final int WHOLE = 8;
    private static final int LOWER = 4;

    /** DWARF's numbers of registers, as far as they differ. */
    private static final int[] DWARF = {0, 2, 1, 3, 7, 6, 4, 5};

    /** Least significant bytes of what a register had at the entry, plus a number. */
    private record Known(int origin, long plus, int bytes) {
        Known and(long number) {
            return new Known(origin, plus + number, bytes);
        }

        Known lower() {
            return bytes == LOWER ? this : new Known(origin, plus, LOWER);
        }
    }

    /** @param at bytes from where the stack pointer was at the entry */
    private record Slot(long at, int bytes, Known value) {
        boolean touches(long from, long size) {
            return from < at + bytes && at < from + size;
        }
    }

    private final @Nullable Known[] registers = new Known[COUNT];
    private final List<Slot> slots = new ArrayList<>();

    X86Values() {
        for (int i = 0; i < COUNT; i++) {
            registers[i] = new Known(i, 0, WHOLE);
        }
    }

    /** Goes over a plain instruction. @param changed registers, a bit each */
    void follow(X86Instruction one, int changed) {
        var result = result(one);
        int target = target(one);
        store(one);
        for (int i = 0; i < COUNT; i++) {
            if ((changed >> i & 1) != 0) {
                registers[i] = i == target ? result : null;
            }
        }
    }

    /**
     * How to get at what a register had at the entry.
     *
     * @param lower whether its lower four bytes will do
     * @return null when that is lost
     */
    @Nullable
    Kept find(int register, boolean lower) {
        int bytes = lower ? LOWER : WHOLE;
        var own = inRegister(register, register, bytes);
        for (int i = 0; own == null && i < COUNT; i++) {
            own = inRegister(register, i, bytes);
        }
        return own != null ? own : inFrame(register, bytes);
    }

    private @Nullable Kept inRegister(int register, int in, int bytes) {
        var known = registers[in];
        return known != null && known.origin == register && known.bytes >= bytes
                ? new Kept(dwarf(register), dwarf(in), -known.plus, 0)
                : null;
    }

    private @Nullable Kept inFrame(int register, int bytes) {
        for (int i = 0; i < COUNT; i++) {
            var base = registers[i];
            if (base == null || base.origin != RSP || base.bytes != WHOLE) {
                continue;
            }
            for (var slot : slots) {
                if (slot.value.origin == register && slot.value.plus == 0 && slot.value.bytes >= bytes) {
                    return new Kept(dwarf(register), dwarf(i), slot.at - base.plus, slot.bytes);
                }
            }
        }
        return null;
    }

    private static int dwarf(int register) {
        return register < DWARF.length ? DWARF[register] : register;
    }

    private static boolean isLong(X86Instruction one) {
        return (one.rex() & X86Instruction.REX_W) != 0;
    }

    /** The register whose change {@link #result} knows; -1 for none. */
    private static int target(X86Instruction one) {
        if (one.encoding() != X86Instruction.Encoding.LEGACY || one.map() != 0) {
            return -1;
        }
        return switch (one.opcode()) {
            case 0x63, 0x8b, 0x8d -> one.register();
            case 0x81, 0x83, 0x89, 0xff -> one.hasRegisterOperand() ? one.operandRegister() : -1;
            case 0x98 -> 0;
            default -> -1;
        };
    }

    /** What an instruction leaves in its target. */
    private @Nullable Known result(X86Instruction one) {
        if (target(one) < 0 || one.has(X86Instruction.OPERAND_SIZE | X86Instruction.REP | X86Instruction.REPNE)) {
            return null;
        }
        var found =
                switch (one.opcode()) {
                    case 0x63, 0x8b -> source(one);
                    case 0x89 -> registers[one.register()];
                    case 0x8d -> address(one);
                    case 0x81, 0x83 -> sum(one);
                    // inc, dec.
                    case 0xff -> plus(one.operandRegister(), one.extension() == 0 ? 1 : -1);
                    // The sign of eax in the upper half.
                    case 0x98 -> isLong(one) ? registers[0] : null;
                    default -> null;
                };
        boolean isWhole = isLong(one) && one.opcode() != 0x63 && one.opcode() != 0x98;
        return found == null || isWhole ? found : found.lower();
    }

    private @Nullable Known source(X86Instruction one) {
        if (one.hasRegisterOperand()) {
            return registers[one.operandRegister()];
        }
        var at = inFrame(one);
        if (at == null) {
            return null;
        }
        boolean isWhole = isLong(one) && one.opcode() == 0x8b;
        for (var slot : slots) {
            if (slot.at == at && (slot.bytes == WHOLE || !isWhole)) {
                return slot.value;
            }
        }
        return null;
    }

    /** lea. */
    private @Nullable Known address(X86Instruction one) {
        int base = one.onlyBase();
        return base < 0 ? null : plus(base, one.displacement());
    }

    private @Nullable Known sum(X86Instruction one) {
        return switch (one.extension()) {
            case 0 -> plus(one.operandRegister(), one.immediate());
            case 5 -> plus(one.operandRegister(), -one.immediate());
            default -> null;
        };
    }

    private @Nullable Known plus(int register, long number) {
        var known = registers[register];
        return known == null ? null : known.and(number);
    }

    /** Where the operand in memory is, from the stack pointer at the entry; null when that is not known. */
    private @Nullable Long inFrame(X86Instruction one) {
        int number = one.onlyBase();
        var base = number < 0 ? null : registers[number];
        return base != null && base.origin == RSP && base.bytes == WHOLE ? base.plus + one.displacement() : null;
    }

    private void store(X86Instruction one) {
        if (!X86Effects.mayWriteMemory(one)) {
            return;
        }
        var at = inFrame(one);
        long size = X86Effects.mostBytesWritten(one);
        if (at == null || size == Integer.MAX_VALUE) {
            slots.clear();
            return;
        }
        slots.removeIf(slot -> slot.touches(at, size));
        var value = one.isPrimary(0x89) ? registers[one.register()] : null;
        if (value != null && !one.has(X86Instruction.OPERAND_SIZE | X86Instruction.REP | X86Instruction.REPNE)) {
            int bytes = isLong(one) ? WHOLE : LOWER;
            slots.add(new Slot(at, bytes, bytes == LOWER ? value.lower() : value));
        }
    }
}
