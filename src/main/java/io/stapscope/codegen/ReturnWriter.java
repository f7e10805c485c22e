package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.ProgramWriter.Part;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.SessionLayout;
import java.util.List;

/**
 * Writes a program for the returns of functions. It runs at their entries, too: there it decides whose returns are wanted,
 * counts those that the kernel will not deliver, and computes what handlers want to remember. The answer 1 at an entry tells
 * the kernel to leave that return alone.
 */
final class ReturnWriter {
    private final Emitter emitter;
    private final ProgramWriter program;
    private final Dispatch dispatch;
    private final HandlerWriter handlers;
    private final TargetMatch targets;

    ReturnWriter(Emitter emitter, ProgramWriter program) {
        this.emitter = emitter;
        this.program = program;
        dispatch = new Dispatch(emitter);
        handlers = new HandlerWriter(emitter);
        targets = new TargetMatch(emitter, program::prepareCounters);
    }

    /**
     * The context is in R7, the task in R6, the number of the place in the frame.
     *
     * @param entries handlers that run when a call begins
     * @param parts handlers that run when it returns
     */
    void write(List<Part> entries, List<Part> parts, Runnable writeReturns) {
        var code = emitter.code;
        var returns = emitter.label("function returns");
        code.move(Register.R1, Emitter.CONTEXT);
        code.call("bpf_session_is_return");
        code.arithmetic(Arithmetic.AND, Register.R0, 1);
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, returns);
        emitter.codeValues.at(false);
        writeEntry(entries, parts);
        code.place(returns);
        emitter.codeValues.at(true);
        writeReturns.run();
    }

    private void writeEntry(List<Part> entries, List<Part> parts) {
        var code = emitter.code;
        var delivered = emitter.label("return will be delivered");
        var unwanted = emitter.label("return is not wanted");
        emitter.loadSession(Width.WORD, Register.R1, SessionLayout.STATE);
        code.jump(Condition.NOT_EQUAL, Register.R1, SessionLayout.RUNNING, unwanted);
        emitter.origin(parts.getFirst().handler().span());
        targets.emit(parts.getFirst().target(), unwanted);
        if (!entries.isEmpty()) {
            program.prepareMemory();
            dispatch.write(entries, null, program::checkState, handlers::write);
        }
        // Before its first return a task has none of this; then the load gives 0.
        emitter.task.load(Width.DOUBLE, Register.R1, Emitter.TASK, "utask");
        code.load(Width.WORD, Register.R1, Register.R1, emitter.task.offset("uprobe_task", "depth"));
        code.jump(Condition.BELOW, Register.R1, CodeLanes.MOST_CALLS, delivered);
        program.prepareCounters();
        emitter.count(Counter.LOST_RETURNS);
        if (parts.size() == 1) {
            emitter.countLost(parts.getFirst().handler());
        }
        code.jump(unwanted);
        code.place(delivered);
        var remembering = parts.stream()
                .filter(part -> !part.handler().entries().isEmpty())
                .map(part -> new Part(part.handler(), part.point(), true, part.numbers()))
                .toList();
        if (remembering.isEmpty()) {
            program.leave();
            code.move(Register.R0, 0);
            code.exit();
        } else {
            code.store(Width.DOUBLE, Emitter.FRAME, Frame.RESULT, 1);
            program.prepareMemory();
            dispatch.write(remembering, null, () -> {}, handlers::write);
            program.leave();
            code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, Frame.RESULT);
            code.arithmetic(Arithmetic.AND, Register.R0, 1);
            code.exit();
        }
        emitter.code.origin(-1);
        code.place(unwanted);
        program.leave();
        code.move(Register.R0, 1);
        code.exit();
    }

    /** {@code Frame.NUMBER = index of the place}. */
    static void loadNumber(Emitter emitter, int places) {
        var code = emitter.code;
        if (places == 1) {
            code.store(Width.DOUBLE, Emitter.FRAME, Frame.NUMBER, 0);
        } else {
            code.move(Register.R1, Emitter.CONTEXT);
            code.call(Helper.GET_ATTACH_COOKIE);
            code.store(Width.DOUBLE, Emitter.FRAME, Frame.NUMBER, Register.R0);
        }
    }
}
