package io.stapscope.codegen;

import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.RecordSpec.Kind;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.List;

/** Writes the statements of handlers; functions are written where they are called. */
final class Statements {
    /** The reader puts the word in front. */
    private static final Format WARNING = new Format(List.of(Directive.plain(Conversion.STRING)));

    private final Emitter emitter;
    private final Loops loops;

    Statements(Emitter emitter) {
        this.emitter = emitter;
        this.loops = new Loops(emitter, this);
    }

    Loops loops() {
        return loops;
    }

    /** Where a value remembered at the entry of the call lies. */
    Place entry(int slot) {
        if (emitter.handler().point() instanceof ProbePoint.Code) {
            return emitter.invocations.entry(slot);
        }
        var block = emitter.layouts.tasks().entries().get(emitter.handler().id());
        if (block == null) {
            throw new IllegalStateException("handler " + emitter.handler().id() + " remembers nothing at entry");
        }
        return new Place.Indirect(Frame.TASK, block.offsets().get(slot));
    }

    void write(Statement.Block block) {
        for (var statement : block.statements()) {
            write(statement);
        }
    }

    private void write(Statement statement) {
        emitter.origin(statement.span());
        loops.spend(statement);
        switch (statement) {
            case Statement.Block block -> write(block);
            case Statement.SetLocal set -> setLocal(set);
            case Statement.SetGlobal set -> setGlobal(set);
            case Statement.AddGlobal add -> addGlobal(add);
            case Statement.Feed feed -> emitter.statistics.feed(feed);
            case Statement.DeleteElement delete -> emitter.arrays.delete(delete);
            case Statement.DeleteGlobal delete -> deleteGlobal(delete);
            case Statement.If test -> test(test);
            case Statement.Loop loop -> loops.write(loop);
            case Statement.Break unused -> loops.leave();
            case Statement.Continue unused -> loops.nextTurn();
            case Statement.Next unused -> leave(emitter.scopes.handler());
            case Statement.Return back -> giveBack(back);
            case Statement.Call call -> call(call);
            case Statement.Print print ->
                emitter.events.send(Kind.PRINT, print.span(), print.arguments(), print.format());
            case Statement.Warn warn -> emitter.events.send(Kind.WARN, warn.span(), List.of(warn.message()), WARNING);
            case Statement.Raise raise -> emitter.errors.raise(raise);
            case Statement.Exit exit -> exit(exit);
            case Statement.Foreach foreach -> throw new UnsupportedInKernelException(foreach.span(), "`foreach`");
            case Statement.Try attempt -> attempt(attempt);
            case Statement.Match match -> throw new UnsupportedInKernelException(match.span(), "a regular expression");
            case Statement.Answer answer -> throw new UnsupportedInKernelException(answer.span(), "$value");
            case Statement.Act act ->
                throw new UnsupportedInKernelException(
                        act.span(), act.function().word() + "()");
            case Statement.CallById call -> throw new UnsupportedInKernelException(call.span(), "recursion");
            case Statement.PrintHistogram print ->
                throw new UnsupportedInKernelException(print.span(), "printing a histogram");
        }
    }

    private void setLocal(Statement.SetLocal set) {
        var place = emitter.scopes.place(set.local());
        if (set.local().type() == Type.LONG) {
            emitter.longs.evaluate(set.value());
            emitter.store(place, Register.R0);
        } else {
            emitter.strings.evaluate(set.value(), place, set.local().width());
        }
    }

    private void setGlobal(Statement.SetGlobal set) {
        if (set.global().isArray()) {
            emitter.arrays.set(set);
            return;
        }
        int offset = emitter.layouts.globals().offset(set.global().id());
        if (set.global().value() == Type.LONG) {
            emitter.longs.evaluate(set.value());
            emitter.code.loadMapValue(Register.R1, MapNames.GLOBALS, offset);
            emitter.code.store(Width.DOUBLE, Register.R1, 0, Register.R0);
            return;
        }
        var mark = emitter.frame.mark();
        int width = set.global().valueWidth();
        var value = emitter.frame.allocateScratch(width);
        emitter.strings.evaluate(set.value(), value, width);
        int slot = emitter.frame.allocateSlot();
        emitter.code.loadMapValue(Register.R1, MapNames.GLOBALS, offset);
        emitter.code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R1);
        emitter.strings.copy(value, new Place.Indirect(slot, 0), width);
        emitter.frame.release(mark);
    }

    private void addGlobal(Statement.AddGlobal add) {
        if (add.global().isArray()) {
            emitter.arrays.add(add);
            return;
        }
        int offset = emitter.layouts.globals().offset(add.global().id());
        var mark = emitter.frame.mark();
        var value = emitter.frame.allocate(8);
        emitter.longs.evaluate(add.value());
        if (add.result() != null) {
            emitter.store(value, Register.R0);
        }
        emitter.code.move(Register.R1, Register.R0);
        emitter.code.loadMapValue(Register.R3, MapNames.GLOBALS, offset);
        emitter.arrays.addTo(Register.R3, add, value);
        emitter.frame.release(mark);
    }

    private void deleteGlobal(Statement.DeleteGlobal delete) {
        if (delete.global().isArray() || delete.global().isStatistic()) {
            throw new UnsupportedInKernelException(delete.span(), "this `delete`");
        }
        int offset = emitter.layouts.globals().offset(delete.global().id());
        emitter.code.loadMapValue(Register.R1, MapNames.GLOBALS, offset);
        emitter.code.store(Width.DOUBLE, Register.R1, 0, 0);
    }

    private void test(Statement.If test) {
        var otherwise = emitter.label("else");
        emitter.conditions.jumpUnless(test.condition(), otherwise);
        write(test.then());
        if (test.otherwise().statements().isEmpty()) {
            emitter.code.place(otherwise);
            return;
        }
        var end = emitter.label("end of if");
        emitter.code.jump(end);
        emitter.code.place(otherwise);
        write(test.otherwise());
        emitter.code.place(end);
    }

    private void attempt(Statement.Try attempt) {
        var caught = emitter.label("catch");
        var end = emitter.label("end of try");
        emitter.errors.openTry(caught, attempt.message());
        write(attempt.body());
        emitter.errors.closeTry();
        emitter.code.jump(end);
        emitter.code.place(caught);
        write(attempt.handler());
        emitter.code.place(end);
    }

    private void leave(Scopes.Scope scope) {
        emitter.unwinding.emit(scope.depth());
        emitter.code.jump(scope.end());
    }

    private void call(Statement.Call call) {
        var function = call.function();
        if (emitter.scopes.calls() >= emitter.plan.limits().maxNesting()) {
            throw new UnsupportedInKernelException(call.span(), "a call this deep");
        }
        var mark = emitter.frame.mark();
        Label end = emitter.label("end of " + function.name());
        var scope = emitter.scopes.openFunction(function, end, call.result());
        for (int i = 0; i < function.parameters(); i++) {
            var local = function.locals().get(i);
            var place = Scopes.place(scope, local);
            if (local.type() == Type.LONG) {
                emitter.longs.evaluate(call.arguments().get(i));
                emitter.store(place, Register.R0);
            } else {
                emitter.strings.evaluate(call.arguments().get(i), place, local.width());
            }
        }
        var caller = emitter.scopes.current();
        clearResult(call, caller);
        emitter.scopes.enter(scope, function);
        write(function.body());
        emitter.code.place(end);
        emitter.scopes.close();
        emitter.frame.release(mark);
    }

    /** Falling off the end of a function gives 0 or "". */
    private void clearResult(Statement.Call call, Scopes.Scope caller) {
        var result = call.result();
        if (result != null) {
            emitter.store(Scopes.place(caller, result), 0);
        }
    }

    private void giveBack(Statement.Return back) {
        var scope = emitter.scopes.current();
        Function function = scope.function();
        var value = back.value();
        var result = scope.result();
        if (function != null && value != null && result != null) {
            var place = emitter.scopes.placeInCaller(result);
            if (result.type() == Type.LONG) {
                emitter.longs.evaluate(value);
                emitter.store(place, Register.R0);
            } else {
                emitter.strings.evaluate(value, place, result.width());
            }
        }
        leave(scope);
    }

    /** The handler goes on; no other starts. */
    private void exit(Statement.Exit exit) {
        emitter.errors.stop(SessionLayout.EXITING);
        emitter.events.send(Kind.EXIT, exit.span(), List.of(), new Format(List.of()));
    }
}
