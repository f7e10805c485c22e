package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.compiler.ir.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Loops by the kernel's number iterator, with one budget of statements for all loops of a hit. The budget lies in
 * memory whose contents the verifier does not follow.
 */
final class Loops {
    /**
     * @param depth of {@link Unwinding} inside the loop
     */
    private record Turn(Label next, Label end, int depth) {}

    private final Emitter emitter;
    private final Statements statements;
    private final Deque<Turn> open = new ArrayDeque<>();
    private Place.@Nullable Direct budget;

    Loops(Emitter emitter, Statements statements) {
        this.emitter = emitter;
        this.statements = statements;
    }

    /** Gives a handler its statements; only handlers that loop can spend too many. */
    void begin(boolean handlerLoops) {
        if (!handlerLoops) {
            budget = null;
            return;
        }
        var place = emitter.frame.allocateScratch(8);
        emitter.store(place, emitter.plan.limits().maxAction());
        budget = place;
    }

    void spend(Statement statement) {
        var place = budget;
        if (place == null || statement instanceof Statement.Block) {
            return;
        }
        emitter.load(Register.R1, place);
        emitter.code.arithmetic(Arithmetic.SUBTRACT, Register.R1, 1);
        emitter.store(place, Register.R1);
    }

    void write(Statement.Loop loop) {
        var code = emitter.code;
        var place = budget;
        if (place == null) {
            throw new IllegalStateException("loop in a handler without a budget");
        }
        var mark = emitter.frame.mark();
        int iterator = emitter.frame.allocateSlot();
        var turn = emitter.label("turn of loop");
        var more = emitter.label("budget is left");
        var tooMany = emitter.label("too many statements");
        var next = emitter.label("next turn");
        var end = emitter.label("end of loop");
        addressOf(iterator);
        code.move(Register.R2, 0);
        code.move(Register.R3, emitter.plan.limits().maxAction() + 1);
        code.call("bpf_iter_num_new");
        emitter.unwinding.openIterator(iterator);
        open.push(new Turn(next, end, emitter.unwinding.depth()));
        code.place(turn);
        addressOf(iterator);
        code.call("bpf_iter_num_next");
        code.jump(Condition.EQUAL, Register.R0, 0, tooMany);
        emitter.load(Register.R1, place);
        code.jump(Condition.GREATER_OR_EQUAL, Register.R1, 0, more);
        code.place(tooMany);
        emitter.errors.tooManyStatements(loop.span());
        code.place(more);
        statements.write(loop.body());
        code.place(next);
        statements.write(loop.update());
        code.jump(turn);
        code.place(end);
        open.pop();
        emitter.unwinding.close();
        emitter.unwinding.destroyIterator(iterator);
        emitter.frame.release(mark);
    }

    void leave() {
        var turn = open.element();
        emitter.unwinding.emit(turn.depth());
        emitter.code.jump(turn.end());
    }

    void nextTurn() {
        var turn = open.element();
        emitter.unwinding.emit(turn.depth());
        emitter.code.jump(turn.next());
    }

    private void addressOf(int slot) {
        emitter.code.move(Register.R1, Register.R10);
        emitter.code.arithmetic(Arithmetic.ADD, Register.R1, slot);
    }
}
