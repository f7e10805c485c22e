package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Carries out the operations of a frame up to one instruction. */
final class FrameProgram {
    private static final int MOST_REMEMBERED = 64;
    private static final int MOST_REGISTERS = 4096;

    private static final int ADVANCE = 0x40;
    private static final int OFFSET = 0x80;
    private static final int RESTORE = 0xc0;

    private final CommonEntry common;
    private final long sectionAddress;
    private final long wanted;
    private final Deque<FrameRow> remembered = new ArrayDeque<>();
    private long address;
    private FrameRow row = new FrameRow();
    /** What the common entry has left; null while it is carried out. */
    private @Nullable FrameRow initial;

    /** @param wanted address of the instruction */
    FrameProgram(CommonEntry common, long sectionAddress, long start, long wanted) {
        this.common = common;
        this.sectionAddress = sectionAddress;
        this.address = start;
        this.wanted = wanted;
    }

    static int register(long number) {
        if (number < 0 || number >= MOST_REGISTERS) {
            throw new DwarfFormatException("a frame names register " + Long.toUnsignedString(number));
        }
        return (int) number;
    }

    FrameRow run(Cursor code) {
        execute(common.code().at(common.code().position()));
        initial = row.copy();
        execute(code);
        return row;
    }

    private void execute(Cursor code) {
        while (code.hasRemaining()) {
            int operation = code.u8();
            int low = operation & 0x3f;
            boolean isBeyond =
                    switch (operation & 0xc0) {
                        case ADVANCE -> advance(low);
                        case OFFSET -> set(low, new Rule.SavedAt(code.uleb() * common.dataAlignment()));
                        case RESTORE -> restore(low);
                        default -> extended(operation, code);
                    };
            if (isBeyond) {
                return;
            }
        }
    }

    /** Whether the row belongs to instructions behind the wanted one now. */
    private boolean advance(long units) {
        return moveTo(address + units * common.codeAlignment());
    }

    private boolean moveTo(long next) {
        if (Long.compareUnsigned(next, wanted) > 0) {
            return true;
        }
        address = next;
        return false;
    }

    private boolean set(int register, Rule rule) {
        row.rules.put(register, rule);
        return false;
    }

    private boolean restore(int register) {
        var from = initial;
        if (from == null) {
            throw new DwarfFormatException("a frame restores a register before it begins");
        }
        var rule = from.rules.get(register);
        if (rule == null) {
            row.rules.remove(register);
        } else {
            row.rules.put(register, rule);
        }
        return false;
    }

    private boolean extended(int operation, Cursor code) {
        return switch (operation) {
            case 0x00 -> false; // nop
            case 0x01 -> moveTo(common.encoding().read(code, common.addressSize(), sectionAddress));
            case 0x02 -> advance(code.u8());
            case 0x03 -> advance(code.u16());
            case 0x04 -> advance(code.u32());
            case 0x1d -> advance(code.u64());
            case 0x0a -> remember();
            case 0x0b -> recall();
            case 0x0c, 0x0d, 0x0e, 0x0f, 0x12, 0x13 -> address(operation, code);
            case 0x2d, 0x2c -> sign();
            case 0x2e -> { // GNU_args_size
                code.skipLeb();
                yield false;
            }
            default -> rule(operation, code);
        };
    }

    private boolean remember() {
        if (remembered.size() == MOST_REMEMBERED) {
            throw new DwarfFormatException("a frame remembers too much");
        }
        remembered.push(row.copy());
        return false;
    }

    private boolean recall() {
        if (remembered.isEmpty()) {
            throw new DwarfFormatException("a frame recalls what it has not remembered");
        }
        row = remembered.pop();
        return false;
    }

    private boolean sign() {
        row.isReturnSigned = !row.isReturnSigned;
        return false;
    }

    /** Operations that define the canonical frame address. */
    private boolean address(int operation, Cursor code) {
        switch (operation) {
            case 0x0c -> { // def_cfa
                row.register = register(code.uleb());
                row.offset = code.uleb();
            }
            case 0x0d -> row.register = register(code.uleb());
            case 0x0e -> row.offset = code.uleb();
            case 0x12 -> { // def_cfa_sf
                row.register = register(code.uleb());
                row.offset = code.sleb() * common.dataAlignment();
            }
            case 0x13 -> row.offset = code.sleb() * common.dataAlignment();
            default -> { // def_cfa_expression
                row.expression = code.block(code.uleb());
                return false;
            }
        }
        if (operation == 0x0c || operation == 0x12) {
            row.expression = null;
        }
        return false;
    }

    /** Operations that tell where a register is. */
    private boolean rule(int operation, Cursor code) {
        if (operation == 0x06) { // restore_extended
            return restore(register(code.uleb()));
        }
        int register = register(code.uleb());
        return switch (operation) {
            case 0x05 -> set(register, new Rule.SavedAt(code.uleb() * common.dataAlignment()));
            case 0x07 -> set(register, new Rule.Undefined());
            case 0x08 -> { // same_value
                row.rules.remove(register);
                yield false;
            }
            case 0x09 -> set(register, new Rule.InRegister(register(code.uleb())));
            case 0x10 -> set(register, new Rule.SavedAtExpression(code.block(code.uleb())));
            case 0x11 -> set(register, new Rule.SavedAt(code.sleb() * common.dataAlignment()));
            case 0x14 -> set(register, new Rule.IsAddress(code.uleb() * common.dataAlignment()));
            case 0x15 -> set(register, new Rule.IsAddress(code.sleb() * common.dataAlignment()));
            case 0x16 -> set(register, new Rule.IsExpression(code.block(code.uleb())));
            case 0x2f -> set(register, new Rule.SavedAt(-code.uleb() * common.dataAlignment()));
            default -> throw new DwarfFormatException("a frame has operation 0x" + Integer.toHexString(operation));
        };
    }
}
