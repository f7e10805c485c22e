package io.stapscope.codegen;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Plans of kernel handlers, written by hand. */
final class Script {
    private final List<Global> globals = new ArrayList<>();
    private final List<Handler> handlers = new ArrayList<>();
    private Limits limits = Limits.DEFAULT;

    Script limits(Limits changed) {
        limits = changed;
        return this;
    }

    Global scalar() {
        return global(List.of(), Type.LONG, 1, null);
    }

    Global array(int capacity, Type... keys) {
        return global(List.of(keys), Type.LONG, capacity, null);
    }

    /** An array of numbers by texts of up to {@code width} bytes with their NUL. */
    Global names(int capacity, int width) {
        return global(List.of(Type.STRING), Type.LONG, capacity, null, width);
    }

    Global statistic(int capacity, Type... keys) {
        return global(List.of(keys), Type.STATISTIC, capacity, null);
    }

    Global linear(Global.LinearScale scale) {
        return global(List.of(), Type.STATISTIC, 1, scale);
    }

    Global strings(int capacity, Type... keys) {
        return global(List.of(keys), Type.STRING, capacity, null);
    }

    private Global global(List<Type> keys, Type value, int capacity, Global.LinearScale linear) {
        return global(keys, value, capacity, linear, 16);
    }

    private Global global(List<Type> keys, Type value, int capacity, Global.LinearScale linear, int width) {
        var global = new Global(
                globals.size(),
                "g" + globals.size(),
                Ir.HERE,
                keys,
                keys.stream().map(type -> type == Type.STRING ? width : 8).toList(),
                Collections.nCopies(keys.size(), Global.KeyKind.PLAIN),
                value,
                value == Type.STRING ? 64 : 8,
                capacity,
                false,
                linear,
                null,
                Global.Place.KERNEL,
                false,
                false,
                Global.Unit.NONE,
                -1);
        globals.add(global);
        return global;
    }

    Script on(Event event, Target target, Statement... body) {
        return handler(event, target, List.of(), List.of(), body);
    }

    Script handler(Event event, Target target, List<Local> locals, List<Expression> entries, Statement... body) {
        handlers.add(new Handler(
                handlers.size(),
                Ir.HERE,
                new ProbePoint.Process("process", target, event),
                Handler.Place.KERNEL,
                locals,
                entries,
                List.of(),
                Ir.block(body)));
        return this;
    }

    /** A handler of any point of the kernel. */
    Script at(ProbePoint point, List<Expression> entries, Statement... body) {
        handlers.add(new Handler(
                handlers.size(), Ir.HERE, point, Handler.Place.KERNEL, List.of(), entries, List.of(), Ir.block(body)));
        return this;
    }

    Script deferred(Event event, Target target, Expression... captures) {
        handlers.add(new Handler(
                handlers.size(),
                Ir.HERE,
                new ProbePoint.Process("process", target, event),
                Handler.Place.DEFERRED,
                List.of(),
                List.of(),
                List.of(captures),
                Ir.block()));
        return this;
    }

    Plan plan() {
        return new Plan(Ir.HERE.source(), globals, List.of(), handlers, limits);
    }

    static Expression context(ContextValue value) {
        return new Expression.Context(Ir.HERE, value);
    }

    static Expression is(ContextValue value, long number) {
        return Ir.compare(Expression.Relation.EQUAL, context(value), Ir.number(number));
    }

    /** {@code if ($syscall == getppid) ...} */
    static Statement onGetppid(Statement... body) {
        return Ir.when(is(ContextValue.SYSCALL, 110), body);
    }
}
