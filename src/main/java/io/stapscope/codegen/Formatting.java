package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.KernelNotation;
import io.stapscope.compiler.type.Type;
import java.util.List;

/** Formats texts at the hit with the kernel's own printf, as far as it can. */
final class Formatting {
    private final Emitter emitter;

    Formatting(Emitter emitter) {
        this.emitter = emitter;
    }

    void evaluate(Expression.Formatted formatted, Place to, int width) {
        var format = KernelNotation.of(formatted, emitter.strings::width);
        if (format == null) {
            throw new UnsupportedInKernelException(formatted.span(), "this sprintf");
        }
        write(format, formatted.arguments(), to, width);
    }

    /** {@code to = format}, in the kernel's notation, filled with the values; "" when the kernel has no buffer left. */
    void write(String format, List<Expression> values, Place to, int width) {
        var mark = emitter.frame.mark();
        int data = 0;
        var slots = new int[values.size()];
        for (int i = values.size() - 1; i >= 0; i--) {
            slots[i] = emitter.frame.allocateSlot();
            data = slots[i];
        }
        for (int i = 0; i < values.size(); i++) {
            evaluate(values.get(i), slots[i]);
        }
        write(format, data, values.size(), to, width);
        emitter.frame.release(mark);
    }

    /** @param data slot of the first value; the others follow it */
    private void write(String format, int data, int count, Place to, int width) {
        var code = emitter.code;
        var written = emitter.label("text was formatted");
        emitter.address(Register.R1, to);
        code.move(Register.R2, width);
        code.loadMapValue(Register.R3, MapNames.CONSTANTS, emitter.constants.add(format + '\0'));
        code.move(Register.R4, 0);
        if (count > 0) {
            code.move(Register.R4, Emitter.FRAME);
            code.arithmetic(Arithmetic.ADD, Register.R4, data);
        }
        code.move(Register.R5, 8 * count);
        code.call(Helper.SNPRINTF);
        code.jump(Condition.GREATER, Register.R0, 0, written);
        emitter.count(Counter.LOST_UPDATES);
        emitter.store(to, 0);
        code.place(written);
    }

    /** As {@link #write} with one number, which is in R0. */
    void writeDetail(String format, Place to, int width) {
        var mark = emitter.frame.mark();
        int slot = emitter.frame.allocateSlot();
        emitter.code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R0);
        write(format, slot, 1, to, width);
        emitter.frame.release(mark);
    }

    private void evaluate(Expression value, int slot) {
        if (value.type() == Type.LONG) {
            emitter.longs.evaluate(value);
        } else {
            int width = emitter.strings.width(value);
            var text = emitter.frame.allocateScratch(width);
            emitter.strings.evaluate(value, text, width);
            emitter.address(Register.R0, text);
        }
        emitter.code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R0);
    }
}
