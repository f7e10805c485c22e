package io.stapscope.compiler.lowering;

import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrPrinter;
import io.stapscope.compiler.ir.IrRewriter;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a handler that runs after the hit: what was true only at the hit becomes a capture, which the kernel sends.
 *
 * <pre>
 * foreach (k in a) print "%d", pid  ->  capture 0 = pid; foreach (k in a) print "%d", @capture0
 * </pre>
 *
 * A function that reads such values gets a twin, which takes them as further parameters.
 */
final class Deferral {
    private final List<Function> functions;
    private final Diagnostics diagnostics;
    private final Map<Integer, DeferredFunction> twins = new HashMap<>();

    /** @param functions all functions of the plan; twins are added */
    Deferral(List<Function> functions, Diagnostics diagnostics) {
        this.functions = functions;
        this.diagnostics = diagnostics;
    }

    /** A function with the values of the hit that it takes as its last parameters. */
    record DeferredFunction(int id, List<ContextValue> values) {}

    /** Whether a handler can run after the hit: whether all the memory it reads can be read at the hit. */
    boolean accepts(Handler handler) {
        var trial = new Diagnostics();
        var ignored = new Deferral(new ArrayList<>(functions), trial).run(handler, "a trial");
        return !trial.hasErrors();
    }

    Handler run(Handler handler, String reason) {
        var captures = new ArrayList<Expression>();
        var rewriter = new HandlerRewriter(captures, reason);
        var shown = readsMemory(handler) ? Inlining.run(handler) : handler;
        var read = LateReads.run(shown, rewriter::capture);
        var body = compact(captures, rewriter.block(read));
        return new Handler(
                handler.id(),
                handler.span(),
                handler.point(),
                Handler.Place.DEFERRED,
                shown.locals(),
                handler.entries(),
                captures,
                body);
    }

    /** Whether a handler reads memory, itself or by a function. */
    private boolean readsMemory(Handler handler) {
        var found = new boolean[1];
        IrWalk.expressions(handler.body(), part -> found[0] |= KernelSubset.readsMemory(part));
        var reached = new TreeSet<Integer>();
        reachFrom(handler.body(), reached);
        return found[0] || reached.stream().anyMatch(this::readsUserMemory);
    }

    /** Leaves out the captures that only stood inside of others. */
    private static Statement.Block compact(List<Expression> captures, Statement.Block body) {
        var used = new TreeSet<Integer>();
        IrWalk.expressions(body, expression -> {
            if (expression instanceof Expression.Capture capture) {
                used.add(capture.slot());
            }
        });
        var slots = List.copyOf(used);
        var kept = slots.stream().map(captures::get).toList();
        captures.clear();
        captures.addAll(kept);
        return new IrRewriter() {
            @Override
            protected Expression finish(Expression expression) {
                return expression instanceof Expression.Capture(var span, var slot, var type)
                        ? new Expression.Capture(span, slots.indexOf(slot), type)
                        : expression;
            }
        }.block(body);
    }

    /** The values of the hit that functions read. */
    private List<ContextValue> values(Set<Integer> reached) {
        var values = new TreeSet<ContextValue>();
        for (int id : reached) {
            IrWalk.expressions(functions.get(id).body(), expression -> {
                if (expression instanceof Expression.Context(var unused, var value) && value != ContextValue.TARGET) {
                    values.add(value);
                }
            });
        }
        return List.copyOf(values);
    }

    private void reach(int id, Set<Integer> reached) {
        if (reached.add(id)) {
            reachFrom(functions.get(id).body(), reached);
        }
    }

    private void reachFrom(Statement body, Set<Integer> reached) {
        IrWalk.statements(body, statement -> {
            switch (statement) {
                case Statement.Call call -> reach(call.function().id(), reached);
                case Statement.CallById call -> reach(call.function(), reached);
                case Statement _ -> {}
            }
        });
    }

    /** The twin of a function, made when it is called first. */
    DeferredFunction twin(int id, String reason) {
        var known = twins.get(id);
        if (known != null) {
            return known;
        }
        var reached = new TreeSet<Integer>();
        reach(id, reached);
        var values = values(reached);
        if (values.isEmpty() && reached.stream().noneMatch(this::readsUserMemory)) {
            var same = new DeferredFunction(id, List.of());
            twins.put(id, same);
            return same;
        }
        var twin = new DeferredFunction(functions.size(), values);
        twins.put(id, twin);
        functions.add(functions.get(id));
        functions.set(twin.id(), new DeferredFunctionRewriter(this, functions.get(id), twin, reason).run());
        return twin;
    }

    Function function(int id) {
        return functions.get(id);
    }

    /** Whether a twin is complete, so that a call can hold it; else it is called by its id. */
    boolean isComplete(DeferredFunction twin) {
        return functions.get(twin.id()).id() == twin.id();
    }

    private boolean readsUserMemory(int id) {
        var found = new boolean[1];
        IrWalk.expressions(functions.get(id).body(), part -> found[0] |= KernelSubset.readsMemory(part));
        return found[0];
    }

    void lateRead(Expression read, String reason) {
        diagnostics.report(
                DiagnosticCode.LATE_READ_NOT_SUPPORTED,
                read.span(),
                "this memory cannot be read: the handler runs after the hit because of " + reason,
                "read too late",
                "give user_string() an argument of the hit, such as $arg1, in the handler itself",
                "or move " + reason + " to a timer or end probe");
    }

    private final class HandlerRewriter extends IrRewriter {
        private final List<Expression> captures;
        private final String reason;
        private final Map<String, Integer> slots = new HashMap<>();

        HandlerRewriter(List<Expression> captures, String reason) {
            this.captures = captures;
            this.reason = reason;
        }

        private Expression capture(Expression value) {
            int slot = slots.computeIfAbsent(IrPrinter.print(value), _ -> {
                captures.add(value);
                return captures.size() - 1;
            });
            return new Expression.Capture(value.span(), slot, value.type());
        }

        @Override
        protected Expression finish(Expression expression) {
            return switch (expression) {
                case Expression.Context e when e.value() != ContextValue.TARGET -> capture(e);
                case Expression.Argument e -> capture(e);
                case Expression.Entry e -> capture(e);
                case Expression.TraceArgument e -> capture(e);
                case Expression.Register e -> capture(e);
                case Expression.Snapshot e -> capture(e);
                case Expression.Stack e -> capture(e);
                case Expression.Builtin e
                when e.function() == BuiltinFunction.IN_TARGET_SET && KernelSubset.isOfTheHit(original(e)) ->
                    capture(original(e));
                case Expression e
                when KernelSubset.readsMemory(e) -> {
                    var whole = original(e);
                    if (!KernelSubset.isOfTheHit(whole)) {
                        lateRead(e, reason);
                        yield e;
                    }
                    yield capture(whole);
                }
                case Expression e -> e;
            };
        }

        /** Undoes the captures inside: the kernel computes the whole at once. */
        private Expression original(Expression value) {
            return new IrRewriter() {
                @Override
                protected Expression finish(Expression expression) {
                    return expression instanceof Expression.Capture capture ? captures.get(capture.slot()) : expression;
                }
            }.rewrite(value);
        }

        @Override
        protected Statement finish(Statement statement) {
            return switch (statement) {
                case Statement.Call s -> {
                    var twin = twin(s.function().id(), reason);
                    var arguments = new ArrayList<>(s.arguments());
                    twin.values().forEach(value -> arguments.add(capture(new Expression.Context(s.span(), value))));
                    yield new Statement.Call(s.span(), Deferral.this.function(twin.id()), arguments, s.result());
                }
                case Statement s -> s;
            };
        }
    }
}
