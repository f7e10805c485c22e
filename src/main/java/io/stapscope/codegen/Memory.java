package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;

/** Reads what addresses point to, in the kernel's memory and in that of the process of the hit. */
final class Memory {
    private final Emitter emitter;

    Memory(Emitter emitter) {
        this.emitter = emitter;
    }

    /** {@code R0 = number in memory}; leaves the handler when it cannot be read. */
    void load(Expression.Load load) {
        var code = emitter.code;
        var mark = emitter.frame.mark();
        var read = emitter.label("memory was read");
        int value = emitter.frame.allocateSlot();
        var address = emitter.frame.allocate(8);
        emitter.longs.evaluate(load.address());
        emitter.origin(load.span());
        emitter.store(address, Register.R0);
        code.move(Register.R3, Register.R0);
        code.move(Register.R1, Emitter.FRAME);
        code.arithmetic(Arithmetic.ADD, Register.R1, value);
        code.move(Register.R2, load.size());
        code.call(load.space() == Space.KERNEL ? Helper.PROBE_READ_KERNEL : Helper.PROBE_READ_USER);
        code.jump(Condition.EQUAL, Register.R0, 0, read);
        emitter.count(Counter.READ_FAULTS);
        var end = emitter.label("memory or other");
        if (load.otherwise() == null) {
            emitter.load(Register.R0, address);
            emitter.errors.loadFault(load.span());
        } else {
            emitter.longs.evaluate(load.otherwise());
            code.jump(end);
        }
        code.place(read);
        extract(load, value);
        code.place(end);
        emitter.frame.release(mark);
    }

    /** {@code R0 = the wanted bits of what was read}. */
    private void extract(Expression.Load load, int slot) {
        var code = emitter.code;
        var width = width(load.size());
        boolean whole = load.bitSize() == 8 * load.size();
        if (whole && load.signed() && width != Width.DOUBLE) {
            code.loadSigned(width, Register.R0, Emitter.FRAME, slot);
            return;
        }
        code.load(width, Register.R0, Emitter.FRAME, slot);
        if (!whole) {
            int above = Long.SIZE - load.bitOffset() - load.bitSize();
            code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R0, above);
            code.arithmetic(
                    load.signed() ? Arithmetic.SHIFT_RIGHT : Arithmetic.SHIFT_RIGHT_UNSIGNED,
                    Register.R0,
                    Long.SIZE - load.bitSize());
        }
    }

    private static Width width(int bytes) {
        return switch (bytes) {
            case 1 -> Width.BYTE;
            case 2 -> Width.HALF;
            case 4 -> Width.WORD;
            default -> Width.DOUBLE;
        };
    }

    /** The string at an address into memory. */
    void loadString(Expression.LoadString load, Place to, int width) {
        var mark = emitter.frame.mark();
        var read = emitter.label("string was read");
        var end = emitter.label("string or other");
        var other = load.otherwise();
        // A failed read clears its place, which the other text may still need: s = user_string(p, s).
        boolean aside = other != null && !(other instanceof Expression.StringLiteral);
        var place = aside ? emitter.frame.allocateScratch(width) : to;
        var address = emitter.frame.allocate(8);
        emitter.longs.evaluate(load.address());
        emitter.store(address, Register.R0);
        limit(load, width);
        emitter.origin(load.span());
        emitter.address(Register.R1, place);
        emitter.load(Register.R3, address);
        emitter.code.call(load.space() == Space.KERNEL ? Helper.PROBE_READ_KERNEL_STR : Helper.PROBE_READ_USER_STR);
        emitter.code.jump(Condition.GREATER_OR_EQUAL, Register.R0, 0, read);
        emitter.count(Counter.READ_FAULTS);
        if (other == null) {
            emitter.load(Register.R0, address);
            emitter.errors.loadFault(load.span());
            emitter.code.place(read);
        } else {
            emitter.strings.evaluate(other, to, width);
            emitter.code.jump(end);
            emitter.code.place(read);
            if (aside) {
                emitter.strings.copy(place, to, width);
            }
            emitter.code.place(end);
        }
        emitter.frame.release(mark);
    }

    /** {@code R2 = bytes to read at most}, with the NUL: between 1 and the width. */
    private void limit(Expression.LoadString load, int width) {
        var code = emitter.code;
        var limit = load.limit();
        if (limit == null) {
            code.move(Register.R2, width);
            return;
        }
        Label bounded = emitter.label("limit is in bounds");
        emitter.longs.evaluate(limit);
        code.move(Register.R2, Register.R0);
        code.jump(Condition.BELOW, Register.R2, width - 1, bounded);
        code.move(Register.R2, width - 1);
        code.place(bounded);
        code.arithmetic(Arithmetic.ADD, Register.R2, 1);
    }
}
