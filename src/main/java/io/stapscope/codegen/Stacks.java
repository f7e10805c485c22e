package io.stapscope.codegen;

import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;

/** Takes the return addresses of the stack at the hit. */
final class Stacks {
    /** Frames of tracing itself among them. */
    private static final int FRAMES = 28;

    /** Bytes of a stack; what it does not use is zero. */
    static final int WIDTH = 8 * FRAMES;

    /** BPF_F_USER_STACK. */
    private static final int USER = 256;

    private final Emitter emitter;

    Stacks(Emitter emitter) {
        this.emitter = emitter;
    }

    /** Fills a place of {@link #WIDTH} bytes; with zeros when there is no such stack. */
    void take(Expression.Stack stack, Place to) {
        var code = emitter.code;
        var taken = emitter.label("stack was taken");
        var end = emitter.label("end of the stack");
        emitter.frame.keepContext();
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, Frame.CONTEXT);
        emitter.address(Register.R2, to);
        code.move(Register.R3, WIDTH);
        code.move(Register.R4, stack.space() == Space.USER ? USER : 0);
        code.call(Helper.GET_STACK);
        code.jump(Condition.GREATER, Register.R0, 0, taken);
        emitter.store(to, 0);
        code.jump(end);
        code.place(taken);
        if (stack.space() == Space.USER && emitter.codeValues.isMoved()) {
            // The first frame is where the probe is; it is meant for an instruction before.
            emitter.codeValues.loadAddress();
            emitter.store(to, Register.R0);
        }
        code.place(end);
    }
}
