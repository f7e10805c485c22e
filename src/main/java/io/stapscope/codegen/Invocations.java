package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.FrameStack;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.type.Type;

/**
 * Carries values from the entry of a function to its own return, however often it calls itself. The kernel keeps eight bytes
 * for each call; one number needs no more. For all else they tell which frame of the task's stack of calls is this call's:
 * its index, and above that its tag, by which a frame that was given to another call is known.
 */
final class Invocations {
    private static final String COOKIE = "bpf_session_cookie";
    private static final int INDEX_BITS = 8;

    private final Emitter emitter;

    /** Slot of the frame that holds the number, or the pointer to the frame of the call. */
    private int slot;

    Invocations(Emitter emitter) {
        this.emitter = emitter;
    }

    /** Where a value lies while the return is handled. */
    Place entry(int index) {
        var handler = emitter.handler();
        return isOneNumber(handler)
                ? new Place.Direct(Emitter.FRAME, slot)
                : new Place.Indirect(slot, stack(handler).offsets().get(index));
    }

    static boolean isOneNumber(Handler handler) {
        return handler.entries().size() == 1 && handler.entries().getFirst().type() == Type.LONG;
    }

    private FrameStack stack(Handler handler) {
        var stack = emitter.layouts.tasks().stacks().get(handler.id());
        if (stack == null) {
            throw new IllegalStateException("handler " + handler.id() + " has no stack of calls");
        }
        return stack;
    }

    /** Computes the values; only when all are there is the return asked for. */
    void remember(Handler handler, Label end) {
        emitter.scopes.openHandler(java.util.List.of(), end, false);
        emitter.statements.loops().begin(false);
        emitter.codeValues.fetch();
        if (isOneNumber(handler)) {
            rememberNumber(handler);
        } else {
            rememberFrame(handler, end);
        }
        emitter.scopes.close();
        emitter.code.store(Width.DOUBLE, Emitter.FRAME, Frame.RESULT, 0);
    }

    private void rememberNumber(Handler handler) {
        int value = emitter.frame.allocateSlot();
        emitter.longs.evaluate(handler.entries().getFirst());
        emitter.code.store(Width.DOUBLE, Emitter.FRAME, value, Register.R0);
        emitter.code.call(COOKIE);
        emitter.code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, value);
        emitter.code.store(Width.DOUBLE, Register.R0, 0, Register.R1);
    }

    private void rememberFrame(Handler handler, Label end) {
        var code = emitter.code;
        var stack = stack(handler);
        slot = emitter.frame.allocateSlot();
        int cookie = emitter.frame.allocateSlot();
        var fetched = emitter.label("task storage is there");
        emitter.fetchTaskStorage(true);
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, fetched);
        emitter.count(Counter.LOST_UPDATES);
        code.jump(end);
        code.place(fetched);
        push(stack, end);
        // R1 = index of the new frame.
        code.load(Width.DOUBLE, Register.R2, Register.R0, stack.start() + FrameStack.TAG);
        code.arithmetic(Arithmetic.ADD, Register.R2, 1);
        code.store(Width.DOUBLE, Register.R0, stack.start() + FrameStack.TAG, Register.R2);
        code.move(Register.R3, Register.R2);
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R3, INDEX_BITS);
        code.arithmetic(Arithmetic.OR, Register.R3, Register.R1);
        code.store(Width.DOUBLE, Emitter.FRAME, cookie, Register.R3);
        point(stack);
        code.store(Width.DOUBLE, Register.R0, FrameStack.FRAME_TAG, Register.R2);
        emitter.codeValues.load(Register.R3, "sp");
        code.store(Width.DOUBLE, Register.R0, FrameStack.FRAME_POINTER, Register.R3);
        for (int index = 0; index < handler.entries().size(); index++) {
            var value = handler.entries().get(index);
            var to = entry(index);
            if (value.type() == Type.LONG) {
                emitter.longs.evaluate(value);
                emitter.store(to, Register.R0);
            } else {
                emitter.strings.evaluate(value, to, emitter.strings.width(value));
            }
        }
        code.call(COOKIE);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, cookie);
        code.store(Width.DOUBLE, Register.R0, 0, Register.R1);
    }

    /**
     * {@code R1 = index of a new frame} of the stack in the storage at R0. When all frames are in use, those are dropped
     * that were left without a return, by longjmp say: they lie below the stack pointer of this call.
     */
    private void push(FrameStack stack, Label end) {
        var code = emitter.code;
        var room = emitter.label("there is room for the call");
        var next = emitter.label("next frame");
        code.load(Width.DOUBLE, Register.R1, Register.R0, stack.start() + FrameStack.TOP);
        code.jump(Condition.BELOW, Register.R1, stack.depth(), room);
        emitter.codeValues.load(Register.R3, "sp");
        code.move(Register.R1, stack.depth());
        code.move(Register.R2, Register.R0);
        code.arithmetic(Arithmetic.ADD, Register.R2, stack.frame(stack.depth() - 1));
        code.place(next);
        code.load(Width.DOUBLE, Register.R4, Register.R2, FrameStack.FRAME_POINTER);
        var live = emitter.label("frame is in use");
        code.jump(Condition.ABOVE, Register.R4, Register.R3, live);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R1, 1);
        code.jump(Condition.EQUAL, Register.R1, 0, room);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R2, stack.frameSize());
        code.jump(next);
        code.place(live);
        code.jump(Condition.BELOW, Register.R1, stack.depth(), room);
        emitter.count(Counter.LOST_RETURNS);
        code.jump(end);
        code.place(room);
        code.move(Register.R2, Register.R1);
        code.arithmetic(Arithmetic.ADD, Register.R2, 1);
        code.store(Width.DOUBLE, Register.R0, stack.start() + FrameStack.TOP, Register.R2);
    }

    /** {@code R0 = frame} with the index in R1 of the storage at R0, also in the slot; changes R1. */
    private void point(FrameStack stack) {
        var code = emitter.code;
        code.arithmetic(Arithmetic.MULTIPLY, Register.R1, stack.frameSize());
        code.arithmetic(Arithmetic.ADD, Register.R0, Register.R1);
        code.arithmetic(Arithmetic.ADD, Register.R0, stack.frame(0));
        code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R0);
    }

    /** Falls through with the values of the call that returns. */
    void recall(Handler handler, Label end) {
        var code = emitter.code;
        slot = emitter.frame.allocateSlot();
        code.call(COOKIE);
        code.load(Width.DOUBLE, Register.R0, Register.R0, 0);
        code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R0);
        if (!isOneNumber(handler)) {
            recallFrame(stack(handler), end);
        }
    }

    private void recallFrame(FrameStack stack, Label end) {
        var code = emitter.code;
        int cookie = emitter.frame.allocateSlot();
        var skip = emitter.label("entry was not seen");
        var valid = emitter.label("entry was seen");
        code.store(Width.DOUBLE, Emitter.FRAME, cookie, Register.R0);
        emitter.fetchTaskStorage(false);
        code.jump(Condition.EQUAL, Register.R0, 0, skip);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, cookie);
        code.move(Register.R2, Register.R1);
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R2, INDEX_BITS);
        code.arithmetic(Arithmetic.AND, Register.R1, (1 << INDEX_BITS) - 1);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R1, stack.depth(), skip);
        code.store(Width.DOUBLE, Register.R0, stack.start() + FrameStack.TOP, Register.R1);
        point(stack);
        code.load(Width.DOUBLE, Register.R1, Register.R0, FrameStack.FRAME_TAG);
        code.jump(Condition.EQUAL, Register.R1, Register.R2, valid);
        code.place(skip);
        emitter.count(Counter.SKIPPED_NO_ENTRY);
        code.jump(end);
        code.place(valid);
    }
}
