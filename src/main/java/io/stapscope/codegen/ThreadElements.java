package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.TaskLayout;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Statement;

/** Elements of arrays by thread, in what is kept for the thread of the hit. One that is not there has the value 0. */
final class ThreadElements {
    private final Emitter emitter;

    ThreadElements(Emitter emitter) {
        this.emitter = emitter;
    }

    static boolean has(Global global) {
        return global.place() == Global.Place.THREAD;
    }

    /** {@code R0 = value}. */
    void read(Global global) {
        load(global, 0);
    }

    /** {@code R0 = whether it is there}. */
    void contains(Global global) {
        load(global, TaskLayout.PRESENT);
    }

    private void load(Global global, int part) {
        var end = emitter.label("element of the thread");
        emitter.fetchTaskStorage(false);
        emitter.code.jump(Condition.EQUAL, Register.R0, 0, end);
        emitter.code.load(Width.DOUBLE, Register.R0, Register.R0, offset(global) + part);
        emitter.code.place(end);
    }

    void set(Statement.SetGlobal set) {
        var mark = emitter.frame.mark();
        var value = emitter.frame.allocate(8);
        emitter.longs.evaluate(set.value());
        emitter.store(value, Register.R0);
        fetch();
        emitter.load(Register.R1, value);
        emitter.code.store(Width.DOUBLE, Register.R0, offset(set.global()), Register.R1);
        emitter.code.store(Width.DOUBLE, Register.R0, offset(set.global()) + TaskLayout.PRESENT, 1);
        emitter.frame.release(mark);
    }

    void add(Statement.AddGlobal add) {
        var mark = emitter.frame.mark();
        var value = emitter.frame.allocate(8);
        emitter.longs.evaluate(add.value());
        emitter.store(value, Register.R0);
        fetch();
        int offset = offset(add.global());
        emitter.load(Register.R1, value);
        emitter.code.load(Width.DOUBLE, Register.R2, Register.R0, offset);
        emitter.code.arithmetic(Arithmetic.ADD, Register.R1, Register.R2);
        emitter.code.store(Width.DOUBLE, Register.R0, offset, Register.R1);
        emitter.code.store(Width.DOUBLE, Register.R0, offset + TaskLayout.PRESENT, 1);
        var result = add.result();
        if (result != null) {
            emitter.store(emitter.scopes.place(result), Register.R1);
        }
        emitter.frame.release(mark);
    }

    void delete(Global global) {
        var end = emitter.label("thread has no element");
        emitter.fetchTaskStorage(false);
        emitter.code.jump(Condition.EQUAL, Register.R0, 0, end);
        emitter.code.store(Width.DOUBLE, Register.R0, offset(global), 0);
        emitter.code.store(Width.DOUBLE, Register.R0, offset(global) + TaskLayout.PRESENT, 0);
        emitter.code.place(end);
    }

    private int offset(Global global) {
        var offset = emitter.layouts.tasks().elements().get(global.id());
        if (offset == null) {
            throw new IllegalStateException(global.name() + " is no array by thread");
        }
        return offset;
    }

    /** {@code R0 = storage of the thread}; leaves the handler when the kernel has no memory for it. */
    private void fetch() {
        var fetched = emitter.label("storage of the thread");
        emitter.fetchTaskStorage(true);
        emitter.code.jump(Condition.NOT_EQUAL, Register.R0, 0, fetched);
        emitter.count(Counter.LOST_UPDATES);
        emitter.unwinding.emit(0);
        Label end = emitter.scopes.handler().end();
        emitter.code.jump(end);
        emitter.code.place(fetched);
    }
}
