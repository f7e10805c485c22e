package io.stapscope.codegen;

import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.Expression;

/** Finds processes by their ids. */
final class Processes {
    private final Emitter emitter;

    Processes(Emitter emitter) {
        this.emitter = emitter;
    }

    /** {@code R0 = whether the process is the target or one of its descendants}. */
    void inTargetSet(Expression pid) {
        var code = emitter.code;
        var mark = emitter.frame.mark();
        var yes = emitter.label("of the target set");
        var no = emitter.label("not of the target set");
        var end = emitter.label("target set is known");
        var key = emitter.frame.allocate(8);
        emitter.longs.evaluate(pid);
        code.jump(Condition.LESS_OR_EQUAL, Register.R0, 0, no);
        emitter.store(key, Register.R0);
        emitter.loadSession(Width.WORD, Register.R1, SessionLayout.TARGET);
        code.jump(Condition.EQUAL, Register.R0, Register.R1, yes);
        emitter.lookup(MapNames.DESCENDANTS, key);
        code.jump(Condition.EQUAL, Register.R0, 0, end);
        code.place(yes);
        code.move(Register.R0, 1);
        code.jump(end);
        code.place(no);
        code.move(Register.R0, 0);
        code.place(end);
        emitter.frame.release(mark);
    }

    /** {@code R0 = address of the task of a thread id}, 0 for none; the task may be gone when it is read. */
    void taskOf(Expression tid) {
        var code = emitter.code;
        var mark = emitter.frame.mark();
        var end = emitter.label("task is known");
        // Memory of a map: what lies there is a plain number to the verifier, also when the reference is given back.
        var address = emitter.frame.allocateScratch(8);
        emitter.longs.evaluate(tid);
        code.move(Register.R1, Register.R0);
        code.call("bpf_task_from_pid");
        code.jump(Condition.EQUAL, Register.R0, 0, end);
        emitter.store(address, Register.R0);
        code.move(Register.R1, Register.R0);
        code.call("bpf_task_release");
        emitter.load(Register.R0, address);
        code.place(end);
        emitter.frame.release(mark);
    }
}
