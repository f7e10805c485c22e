package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.Hook.ProcessHook;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.ir.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one program: what all hits of its tracepoint need, then its handlers one after the other. */
final class ProgramWriter {
    /**
     * A handler's share of a program.
     *
     * @param remembers whether it is the part that remembers, when the system call is entered, what the handler at its
     *     return asks for
     * @param numbers of the system calls, or of the places in the code of a program, that it wants; null for all, and for
     *     what is neither
     */
    record Part(
            Handler handler,
            ProbePoint point,
            boolean remembers,
            @Nullable Set<Integer> numbers) {
        Part(Handler handler, ProbePoint point, boolean remembers) {
            this(handler, point, remembers, calls(point));
        }

        private static @Nullable Set<Integer> calls(ProbePoint point) {
            return point instanceof ProbePoint.SystemCall call
                            && !call.numbers().isEmpty()
                    ? Set.copyOf(call.numbers())
                    : null;
        }

        Target target() {
            var target = point.watched();
            if (target == null) {
                throw new IllegalArgumentException("no point of the kernel: " + point.text());
            }
            return target;
        }
    }

    private final Emitter emitter;
    private final HandlerWriter handlers;
    private final Dispatch dispatch;
    private final TargetMatch targets;
    private final boolean scratch;
    private final int scratchSlot;
    private final boolean context;
    private final Label out;

    /**
     * @param scratch whether the program uses the scratch memory
     * @param scratchSlot which of the scratch memories of a CPU is its own
     * @param context whether it needs its context later
     */
    ProgramWriter(Emitter emitter, boolean scratch, int scratchSlot, boolean context) {
        this.emitter = emitter;
        this.scratch = scratch;
        this.scratchSlot = scratchSlot;
        this.context = context;
        handlers = new HandlerWriter(emitter);
        dispatch = new Dispatch(emitter);
        targets = new TargetMatch(emitter, this::prepareCounters);
        out = emitter.label("out");
    }

    /**
     * @param adopts whether new processes join the target's family here
     * @param forgets whether processes leave the target's family here
     */
    void write(List<Part> parts, boolean adopts, boolean forgets) {
        loadContext();
        if (adopts) {
            adopt();
        }
        if (emitter.hook instanceof Hook.Code code && code.atReturn()) {
            var returns = parts.stream().filter(ProgramWriter::isOfReturn).toList();
            var entries = parts.stream().filter(part -> !isOfReturn(part)).toList();
            new ReturnWriter(emitter, this).write(entries, returns, () -> writeReturns(returns));
        } else {
            writeGroups(parts);
        }
        var end = emitter.label("end");
        emitter.code.origin(-1);
        emitter.code.place(out);
        if (forgets) {
            targets.forget(end);
        }
        emitter.code.place(end);
        leave();
        emitter.code.move(Register.R0, 0);
        emitter.code.exit();
    }

    private static boolean isOfReturn(Part part) {
        return part.point() instanceof ProbePoint.Code code && code.atReturn();
    }

    /** Before each exit; changes R0 to R5. */
    void leave() {
        if (emitter.hook instanceof Hook.Code) {
            emitter.code.call("bpf_preempt_enable");
        }
    }

    private void writeGroups(List<Part> parts) {
        checkState();
        for (int from = 0; from < parts.size(); ) {
            int to = endOfGroup(parts, from);
            writeGroup(parts.subList(from, to));
            from = to;
        }
    }

    /** Whose returns are wanted was decided at the entries. */
    private void writeReturns(List<Part> parts) {
        checkState();
        prepareMemory();
        dispatch.write(parts, null, this::checkState, handlers::write);
    }

    /** R1 holds the context: for a tracepoint its arguments, eight bytes each. */
    private void loadContext() {
        var code = emitter.code;
        if (context) {
            code.store(Width.DOUBLE, Emitter.FRAME, Frame.CONTEXT, Register.R1);
        }
        switch (emitter.hook) {
            case ProcessHook own -> loadProcessContext(own);
            case Hook.Tracepoint _, Hook.Sampling _ -> {
                code.move(Emitter.CONTEXT, Register.R1);
                loadCurrent();
            }
            case Hook.Code hook -> {
                code.move(Emitter.CONTEXT, Register.R1);
                // Memory of this CPU must not be shared with a thread that comes in between.
                code.call("bpf_preempt_disable");
                ReturnWriter.loadNumber(emitter, hook.places().size());
                loadCurrent();
            }
        }
        code.store(Width.DOUBLE, Emitter.FRAME, Frame.TASK, 0);
    }

    private void loadProcessContext(ProcessHook hook) {
        var code = emitter.code;
        switch (hook) {
            case SYSTEM_CALL -> {
                code.load(Width.DOUBLE, Emitter.USER_REGISTERS, Register.R1, 0);
                code.load(Width.DOUBLE, Register.R2, Register.R1, 8);
                // A number below 0 is no system call; the kernel answers it with ENOSYS.
                code.store(Width.DOUBLE, Emitter.FRAME, Frame.NUMBER, Register.R2);
                code.jump(Condition.LESS, Register.R2, 0, out);
                loadCurrent();
            }
            case SYSTEM_CALL_RETURN -> {
                code.load(Width.DOUBLE, Emitter.USER_REGISTERS, Register.R1, 0);
                code.load(Width.DOUBLE, Register.R2, Register.R1, 8);
                code.store(Width.DOUBLE, Emitter.FRAME, Frame.RESULT, Register.R2);
                loadNumberAtReturn();
                loadCurrent();
            }
            case PROCESS_FORK -> {
                code.load(Width.DOUBLE, Emitter.TASK, Register.R1, 8);
                code.load(Width.DOUBLE, Register.R1, Register.R1, 0);
            }
            case PROCESS_EXEC, PREPARE_EXEC, PROCESS_EXIT -> loadCurrent();
        }
    }

    private void loadCurrent() {
        emitter.code.call(Helper.GET_CURRENT_TASK_BTF);
        emitter.code.move(Emitter.TASK, Register.R0);
    }

    /** Of all system calls only the return from a signal handler overwrites its own number, with -1. */
    private void loadNumberAtReturn() {
        var code = emitter.code;
        var known = emitter.label("number is known");
        code.load(Width.DOUBLE, Register.R2, Emitter.USER_REGISTERS, emitter.task.offset("pt_regs", "orig_ax"));
        code.jump(Condition.GREATER_OR_EQUAL, Register.R2, 0, known);
        code.move(Register.R2, emitter.host.syscalls().number("rt_sigreturn").orElse(-1));
        code.place(known);
        code.store(Width.DOUBLE, Emitter.FRAME, Frame.NUMBER, Register.R2);
    }

    private void adopt() {
        var adopted = emitter.label("family is complete");
        targets.adopt(adopted);
        emitter.code.place(adopted);
    }

    void checkState() {
        emitter.loadSession(Width.WORD, Register.R1, SessionLayout.STATE);
        emitter.code.jump(Condition.NOT_EQUAL, Register.R1, SessionLayout.RUNNING, out);
    }

    /** Neighbours with one target share the match. */
    private int endOfGroup(List<Part> parts, int from) {
        Target target = parts.get(from).target();
        int to = from + 1;
        while (to < parts.size()
                && parts.get(to).target().equals(target)
                && isForAll(parts.get(to)) == isForAll(parts.get(from))) {
            to++;
        }
        return to;
    }

    /**
     * Whether a handler of the kernel's events runs for our own processes too: a switch away from one of them is also a
     * switch to somebody else. One that sends what it sees must not: we would see how it is received, for ever.
     */
    private boolean isForAll(Part part) {
        return emitter.hook instanceof Hook.Tracepoint
                && part.target() instanceof Target.Everyone
                && part.handler().place() == Handler.Place.KERNEL
                && isSilent(part.handler().body());
    }

    private static boolean isSilent(Statement statement) {
        boolean here =
                switch (statement) {
                    case Statement.Print _,
                            Statement.PrintHistogram _,
                            Statement.Warn _,
                            Statement.Act _,
                            Statement.Answer _,
                            Statement.Call _,
                            Statement.CallById _ -> false;
                    case Statement.Block _,
                            Statement.SetLocal _,
                            Statement.SetGlobal _,
                            Statement.AddGlobal _,
                            Statement.Feed _,
                            Statement.DeleteElement _,
                            Statement.DeleteGlobal _,
                            Statement.If _,
                            Statement.Loop _,
                            Statement.Foreach _,
                            Statement.Break _,
                            Statement.Continue _,
                            Statement.Next _,
                            Statement.Return _,
                            Statement.Raise _,
                            Statement.Exit _,
                            Statement.Try _,
                            Statement.Match _ -> true;
                };
        return here && IrWalk.parts(statement).stream().allMatch(ProgramWriter::isSilent);
    }

    /** A call that nobody wants is left before anything else is looked at. */
    private void writeGroup(List<Part> parts) {
        var miss = emitter.label("not our target");
        emitter.origin(parts.getFirst().handler().span());
        var wanted = Dispatch.wanted(parts);
        if (wanted != null) {
            dispatch.jumpUnlessIn(wanted, miss);
        }
        if (!isForAll(parts.getFirst())) {
            targets.emit(parts.getFirst().target(), miss);
        }
        prepareMemory();
        dispatch.write(parts, wanted, this::checkState, handlers::write);
        emitter.code.place(miss);
    }

    /** Counters and scratch memory of this CPU; changes R0 to R5. */
    void prepareMemory() {
        prepareCounters();
        if (scratch) {
            prepareScratch();
        }
    }

    /** {@code R8 = this program's counters of this CPU}; changes R0. */
    void prepareCounters() {
        var code = emitter.code;
        code.call(Helper.GET_SMP_PROCESSOR_ID);
        code.store(Width.DOUBLE, Emitter.FRAME, Frame.CPU, Register.R0);
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R0, emitter.layouts.cpus(), out);
        code.arithmetic(Arithmetic.MULTIPLY, Register.R0, emitter.counters.row());
        code.loadMapValue(Emitter.COUNTERS, MapNames.COUNTERS, emitter.counters.offset());
        code.arithmetic(Arithmetic.ADD, Emitter.COUNTERS, Register.R0);
    }

    /** {@code R9 = scratch memory of this CPU}; changes R0 to R5. */
    private void prepareScratch() {
        var mark = emitter.frame.mark();
        var key = new Place.Direct(Emitter.FRAME, emitter.frame.allocateSlot());
        emitter.store(key, scratchSlot);
        emitter.lookup(MapNames.SCRATCH, key);
        emitter.code.jump(Condition.EQUAL, Register.R0, 0, out);
        emitter.code.move(Emitter.SCRATCH, Register.R0);
        emitter.frame.release(mark);
    }
}
