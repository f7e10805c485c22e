package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.ProgramWriter.Part;
import io.stapscope.codegen.RecordSpec.Kind;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.TaskLayout.EntryBlock;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.List;
import java.util.function.Consumer;

/** Writes what one handler does at a hit of its target. */
final class HandlerWriter {
    private final Emitter emitter;

    HandlerWriter(Emitter emitter) {
        this.emitter = emitter;
    }

    void write(Part part) {
        var handler = part.handler();
        var end = emitter.label("end of handler " + handler.id());
        var mark = emitter.frame.mark();
        emitter.begin(handler);
        emitter.origin(handler.span());
        emitter.errors.begin();
        try {
            if (part.remembers()) {
                if (part.point() instanceof ProbePoint.Code) {
                    emitter.invocations.remember(handler, end);
                } else {
                    remember(handler, end);
                }
            } else {
                if (part.point() instanceof ProbePoint.Process(var _, var _, var event)) {
                    checkEvent(event, end);
                }
                run(handler, end);
            }
        } catch (Frame.OverflowException overflow) {
            throw new UnsupportedInKernelException(handler.span(), overflow.what()).in(handler.id());
        } catch (UnsupportedInKernelException refused) {
            throw refused.in(handler.id());
        }
        emitter.errors.finish(end);
        emitter.code.place(end);
        emitter.frame.release(mark);
        emitter.end();
    }

    /** Falls through when the tracepoint's hit is this event. */
    private void checkEvent(Event event, Label otherwise) {
        var code = emitter.code;
        switch (event) {
            case SYSCALL, SYSCALL_RETURN -> {}
            case BEGIN -> checkLeader(Condition.NOT_EQUAL, otherwise);
            case THREAD_BEGIN, THREAD_END -> checkLeader(Condition.EQUAL, otherwise);
            case END -> {
                if (emitter.hook == Hook.ProcessHook.PREPARE_EXEC) {
                    // Any thread of the process may be the one that calls exec.
                    return;
                }
                checkLeader(Condition.NOT_EQUAL, otherwise);
                // A leader that dies for another thread's exec was already reported when that exec began.
                emitter.task.load(Width.DOUBLE, Register.R1, Emitter.TASK, "signal");
                int offset = emitter.task.offset("signal_struct", "group_exec_task");
                code.load(Width.DOUBLE, Register.R1, Register.R1, offset);
                code.jump(Condition.NOT_EQUAL, Register.R1, 0, otherwise);
            }
        }
    }

    /** Also leaves out kernel threads, which have no memory of their own. */
    private void checkLeader(Condition leave, Label otherwise) {
        var code = emitter.code;
        emitter.task.load(Width.WORD, Register.R1, Emitter.TASK, "pid");
        emitter.task.load(Width.WORD, Register.R2, Emitter.TASK, "tgid");
        code.jump(leave, Register.R1, Register.R2, otherwise);
        emitter.task.load(Width.DOUBLE, Register.R1, Emitter.TASK, "mm");
        code.jump(Condition.EQUAL, Register.R1, 0, otherwise);
    }

    private void run(Handler handler, Label end) {
        emitter.count(Counter.FIRED);
        if (!handler.entries().isEmpty()) {
            if (handler.point() instanceof ProbePoint.Code) {
                emitter.invocations.recall(handler, end);
                fetchForCaches(handler);
            } else {
                requireEntry(handler, end);
            }
        } else {
            fetchForCaches(handler);
        }
        emitter.countHit();
        if (handler.place() == Handler.Place.DEFERRED) {
            emitter.scopes.openHandler(List.of(), end, false);
            emitter.statements.loops().begin(false);
            emitter.codeValues.fetch();
            DeferredGuard.of(handler).ifPresent(guard -> emitter.conditions.jumpUnless(guard, end));
            emitter.events.send(Kind.DEFERRED, handler.span(), handler.captures(), new Format(List.of()));
        } else {
            boolean loops = loops(handler.body());
            emitter.scopes.openHandler(handler.locals(), end, loops);
            emitter.statements.loops().begin(loops);
            emitter.codeValues.fetch();
            emitter.statements.write(handler.body());
        }
        emitter.scopes.close();
    }

    /** What the task remembers is looked for before the slots of statistics, not by each of them. */
    private void fetchForCaches(Handler handler) {
        if (handler.place() == Handler.Place.KERNEL && feedsCached(handler.body())) {
            emitter.fetchTaskStorage(true);
        }
    }

    /** The return of a call that was entered before we looked is skipped. */
    private void requireEntry(Handler handler, Label end) {
        var code = emitter.code;
        var block = entryBlock(handler);
        var skip = emitter.label("entry was not seen");
        var valid = emitter.label("entry was seen");
        emitter.fetchTaskStorage(false);
        code.jump(Condition.EQUAL, Register.R0, 0, skip);
        code.load(Width.DOUBLE, Register.R1, Register.R0, block.valid());
        code.store(Width.DOUBLE, Register.R0, block.valid(), 0);
        code.load(Width.DOUBLE, Register.R2, Emitter.FRAME, Frame.NUMBER);
        code.arithmetic(Arithmetic.ADD, Register.R2, 1);
        code.jump(Condition.EQUAL, Register.R1, Register.R2, valid);
        code.place(skip);
        emitter.count(Counter.SKIPPED_NO_ENTRY);
        code.jump(end);
        code.place(valid);
    }

    /** Stores the entry values, and last that they are there. */
    private void remember(Handler handler, Label end) {
        var code = emitter.code;
        var block = entryBlock(handler);
        var fetched = emitter.label("task storage is there");
        emitter.fetchTaskStorage(true);
        code.jump(Condition.NOT_EQUAL, Register.R0, 0, fetched);
        emitter.count(Counter.LOST_UPDATES);
        code.jump(end);
        code.place(fetched);
        code.store(Width.DOUBLE, Register.R0, block.valid(), 0);
        emitter.scopes.openHandler(List.of(), end, false);
        emitter.statements.loops().begin(false);
        for (int slot = 0; slot < handler.entries().size(); slot++) {
            var value = handler.entries().get(slot);
            var to = emitter.statements.entry(slot);
            if (value.type() == Type.LONG) {
                emitter.longs.evaluate(value);
                emitter.store(to, Register.R0);
            } else {
                emitter.strings.evaluate(value, to, emitter.strings.width(value));
            }
        }
        emitter.scopes.close();
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, Frame.NUMBER);
        code.arithmetic(Arithmetic.ADD, Register.R1, 1);
        emitter.store(new Place.Indirect(Frame.TASK, block.valid()), Register.R1);
    }

    private EntryBlock entryBlock(Handler handler) {
        var block = emitter.layouts.tasks().entries().get(handler.id());
        if (block == null) {
            throw new IllegalStateException("handler " + handler.id() + " remembers nothing at entry");
        }
        return block;
    }

    private boolean feedsCached(Statement body) {
        var found = new boolean[1];
        visit(body, statement -> {
            if (statement instanceof Statement.Feed feed
                    && emitter.layouts
                            .tasks()
                            .caches()
                            .containsKey(feed.global().id())) {
                found[0] = true;
            }
        });
        return found[0];
    }

    private static boolean loops(Statement body) {
        var found = new boolean[1];
        visit(body, statement -> found[0] |= statement instanceof Statement.Loop);
        return found[0];
    }

    /** Every statement, also of the functions called. */
    private static void visit(Statement body, Consumer<Statement> visit) {
        IrWalk.statements(body, statement -> {
            visit.accept(statement);
            if (statement instanceof Statement.Call call) {
                visit(call.function().body(), visit);
            }
        });
    }
}
