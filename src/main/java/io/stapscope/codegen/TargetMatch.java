package io.stapscope.codegen;

import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.ProbePoint.Target;

/** Decides whether the task of an event is one that a probe point watches, and never the product itself. */
final class TargetMatch {
    private final Emitter emitter;
    private final Runnable prepareCounters;

    /** @param prepareCounters writes code that makes R8 this CPU's counters */
    TargetMatch(Emitter emitter, Runnable prepareCounters) {
        this.emitter = emitter;
        this.prepareCounters = prepareCounters;
    }

    /** Falls through for a task that is watched. Changes R0 to R5. */
    void emit(Target target, Label miss) {
        var self = emitter.label("ourselves");
        var matches = emitter.label("target matches");
        switch (target) {
            case Target.Everyone() -> excludeFamily(self, matches);
            case Target.Session() -> {
                session(miss);
                excludeFamily(self, matches);
            }
            case Target.Executable executable -> {
                executable(executable, miss);
                excludeSelf(self, matches);
            }
            case Target.Pid(var pid) -> {
                process(pid, miss);
                excludeSelf(self, matches);
            }
        }
        emitter.code.place(self);
        prepareCounters.run();
        emitter.count(Counter.SKIPPED_SELF);
        emitter.code.jump(miss);
        emitter.code.place(matches);
    }

    private void loadProcess(Register to) {
        emitter.task.load(Width.WORD, to, Emitter.TASK, "tgid");
    }

    private void excludeSelf(Label self, Label matches) {
        loadProcess(Register.R1);
        emitter.loadSession(Width.WORD, Register.R2, SessionLayout.SELF);
        emitter.code.jump(Condition.NOT_EQUAL, Register.R1, Register.R2, matches);
        emitter.code.jump(self);
    }

    /** The product's processes: itself, the excluded parents and their children. */
    private void excludeFamily(Label self, Label matches) {
        var code = emitter.code;
        loadProcess(Register.R1);
        code.loadMapValue(Register.R3, MapNames.SESSION, 0);
        code.load(Width.WORD, Register.R2, Register.R3, SessionLayout.SELF);
        code.jump(Condition.EQUAL, Register.R1, Register.R2, self);
        for (int slot = 0; slot < SessionLayout.EXCLUDED_SLOTS; slot++) {
            code.load(Width.WORD, Register.R2, Register.R3, SessionLayout.EXCLUDED + 4 * slot);
            code.jump(Condition.EQUAL, Register.R2, 0, matches);
            if (slot == 0) {
                emitter.task.load(Width.DOUBLE, Register.R4, Emitter.TASK, "real_parent");
                emitter.task.load(Width.WORD, Register.R4, Register.R4, "tgid");
            }
            code.jump(Condition.EQUAL, Register.R1, Register.R2, self);
            code.jump(Condition.EQUAL, Register.R4, Register.R2, self);
        }
        code.jump(matches);
    }

    private void session(Label miss) {
        var code = emitter.code;
        var found = emitter.label("of the target's family");
        loadProcess(Register.R1);
        emitter.loadSession(Width.WORD, Register.R2, SessionLayout.TARGET);
        code.jump(Condition.EQUAL, Register.R1, Register.R2, found);
        var mark = emitter.frame.mark();
        var key = emitter.frame.allocate(8);
        emitter.store(key, Register.R1);
        emitter.lookup(MapNames.DESCENDANTS, key);
        code.jump(Condition.EQUAL, Register.R0, 0, miss);
        emitter.frame.release(mark);
        code.place(found);
    }

    /** By device and inode of the image: a path in another mount namespace would mean another file. */
    private void executable(Target.Executable executable, Label miss) {
        var code = emitter.code;
        var task = emitter.task;
        task.load(Width.DOUBLE, Register.R1, Emitter.TASK, "mm");
        code.jump(Condition.EQUAL, Register.R1, 0, miss);
        code.load(Width.DOUBLE, Register.R1, Register.R1, task.offset("mm_struct", "exe_file"));
        code.jump(Condition.EQUAL, Register.R1, 0, miss);
        code.load(Width.DOUBLE, Register.R1, Register.R1, task.offset("file", "f_inode"));
        code.load(Width.DOUBLE, Register.R2, Register.R1, task.offset("inode", "i_ino"));
        code.move(Register.R3, executable.inode());
        code.jump(Condition.NOT_EQUAL, Register.R2, Register.R3, miss);
        code.load(Width.DOUBLE, Register.R1, Register.R1, task.offset("inode", "i_sb"));
        code.load(Width.WORD, Register.R2, Register.R1, task.offset("super_block", "s_dev"));
        code.move(Register.R3, executable.device());
        code.jump(Condition.NOT_EQUAL, Register.R2, Register.R3, miss);
    }

    private void process(int pid, Label miss) {
        var code = emitter.code;
        var matches = emitter.label("process matches");
        loadProcess(Register.R1);
        code.jump(Condition.NOT_EQUAL, Register.R1, pid, miss);
        int start = emitter.layouts.session().startTime(pid);
        emitter.loadSession(Width.DOUBLE, Register.R2, start);
        code.jump(Condition.EQUAL, Register.R2, 0, matches);
        emitter.task.load(Width.DOUBLE, Register.R1, Emitter.TASK, "group_leader");
        emitter.task.load(Width.DOUBLE, Register.R1, Register.R1, "start_time");
        code.jump(Condition.NOT_EQUAL, Register.R1, Register.R2, miss);
        code.place(matches);
    }

    /** A new process whose parent is of the target's family joins it. The parent's task is in R1. */
    void adopt(Label end) {
        var code = emitter.code;
        var family = emitter.label("parent is of the family");
        var mark = emitter.frame.mark();
        var key = emitter.frame.allocate(8);
        emitter.task.load(Width.WORD, Register.R1, Register.R1, "tgid");
        emitter.loadSession(Width.WORD, Register.R2, SessionLayout.TARGET);
        code.jump(Condition.EQUAL, Register.R2, 0, end);
        emitter.task.load(Width.WORD, Register.R3, Emitter.TASK, "pid");
        emitter.task.load(Width.WORD, Register.R4, Emitter.TASK, "tgid");
        code.jump(Condition.NOT_EQUAL, Register.R3, Register.R4, end);
        code.jump(Condition.EQUAL, Register.R1, Register.R2, family);
        emitter.store(key, Register.R1);
        emitter.lookup(MapNames.DESCENDANTS, key);
        code.jump(Condition.EQUAL, Register.R0, 0, end);
        code.place(family);
        emitter.task.load(Width.WORD, Register.R1, Emitter.TASK, "tgid");
        emitter.store(key, Register.R1);
        code.loadMap(Register.R1, MapNames.DESCENDANTS);
        emitter.address(Register.R2, key);
        emitter.address(Register.R3, key);
        code.move(Register.R4, 0);
        code.call(Helper.MAP_UPDATE_ELEM);
        code.jump(Condition.EQUAL, Register.R0, 0, end);
        prepareCounters.run();
        emitter.count(Counter.LOST_KEYS);
        emitter.frame.release(mark);
    }

    /** A process leaves the family when its last thread ends. */
    void forget(Label end) {
        var code = emitter.code;
        var mark = emitter.frame.mark();
        var key = emitter.frame.allocate(8);
        emitter.task.load(Width.DOUBLE, Register.R1, Emitter.TASK, "signal");
        code.load(Width.WORD, Register.R1, Register.R1, emitter.task.offset("signal_struct", "live", "counter"));
        code.jump(Condition.NOT_EQUAL, Register.R1, 0, end);
        loadProcess(Register.R1);
        emitter.store(key, Register.R1);
        code.loadMap(Register.R1, MapNames.DESCENDANTS);
        emitter.address(Register.R2, key);
        code.call(Helper.MAP_DELETE_ELEM);
        emitter.frame.release(mark);
    }
}
