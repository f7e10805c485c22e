package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.ActionFunction;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries a fact about values through a plan, without regard to order: from what is written to what is read, until
 * nothing changes. A fact not known yet is null.
 *
 * @param <V> the fact; merging must only ever go one way, so that it ends
 */
abstract class DataFlow<V> {
    private record LocalKey(Owner owner, int index) {}

    private record ArrayKey(int global, int position) {}

    private final Plan plan;
    private final Map<LocalKey, V> locals = new HashMap<>();
    private final Map<Integer, V> globals = new HashMap<>();
    private final Map<ArrayKey, V> keys = new HashMap<>();
    private final Map<Integer, V> results = new HashMap<>();
    private Owner owner = new Owner(true, -1);
    private List<Expression> entries = List.of();
    private boolean changed;

    DataFlow(Plan plan) {
        this.plan = plan;
    }

    /** What is known of the value of an expression of the body that is looked at. */
    abstract @Nullable V of(Expression expression);

    abstract V merge(V one, V other);

    /** Whether keys that are only looked up count as well as those that are written. */
    abstract boolean countsLookups();

    /** What is known of a number that is no more than that. */
    @Nullable
    V number() {
        return null;
    }

    /** What is known of the result of an action. */
    @Nullable
    V acted(ActionFunction function) {
        return null;
    }

    /** What is known of the message that a {@code catch} takes. */
    @Nullable
    V errorText() {
        return null;
    }

    final void run() {
        do {
            changed = false;
            for (var function : plan.functions()) {
                owner = Owner.of(function);
                entries = List.of();
                visit(function.body());
            }
            for (var handler : plan.handlers()) {
                owner = Owner.of(handler);
                entries = handler.entries();
                visit(handler.body());
            }
        } while (changed);
    }

    final @Nullable V local(Owner of, Local local) {
        return locals.get(new LocalKey(of, local.index()));
    }

    /** A local of the body that is looked at. */
    final @Nullable V local(Local local) {
        return local(owner, local);
    }

    final @Nullable V global(Global global) {
        return globals.get(global.id());
    }

    final @Nullable V key(Global global, int position) {
        return keys.get(new ArrayKey(global.id(), position));
    }

    final @Nullable V result(Function function) {
        return results.get(function.id());
    }

    final @Nullable V entry(int slot) {
        return of(entries.get(slot));
    }

    final @Nullable V either(@Nullable V one, @Nullable V other) {
        return one == null ? other : other == null ? one : merge(one, other);
    }

    private void visit(Statement.Block block) {
        IrWalk.statements(block, this::visit);
        if (countsLookups()) {
            IrWalk.expressions(block, this::lookup);
        }
    }

    private void visit(Statement statement) {
        switch (statement) {
            case Statement.SetLocal s ->
                join(locals, new LocalKey(owner, s.local().index()), of(s.value()));
            case Statement.SetGlobal s -> {
                index(s.global(), s.keys());
                join(globals, s.global().id(), of(s.value()));
            }
            case Statement.AddGlobal s -> {
                index(s.global(), s.keys());
                join(globals, s.global().id(), of(s.value()));
                if (s.result() != null) {
                    join(locals, new LocalKey(owner, s.result().index()), global(s.global()));
                }
            }
            case Statement.Feed s -> {
                index(s.global(), s.keys());
                join(globals, s.global().id(), of(s.value()));
            }
            case Statement.Foreach s -> {
                for (int i = 0; i < s.keys().size(); i++) {
                    join(locals, new LocalKey(owner, s.keys().get(i).index()), key(s.global(), i));
                }
                if (s.value() != null) {
                    join(locals, new LocalKey(owner, s.value().index()), global(s.global()));
                }
                lookup(s.global(), s.slice());
            }
            case Statement.DeleteElement s -> lookup(s.global(), s.keys());
            case Statement.PrintHistogram s -> lookup(s.global(), s.keys());
            case Statement.Return s -> {
                if (s.value() != null) {
                    join(results, owner.id(), of(s.value()));
                }
            }
            case Statement.Call s -> call(s.function().id(), s.arguments(), s.result());
            case Statement.CallById s -> call(s.function(), s.arguments(), s.result());
            case Statement.Match s ->
                join(locals, new LocalKey(owner, s.result().index()), number());
            case Statement.Act s -> {
                if (s.result() != null) {
                    join(locals, new LocalKey(owner, s.result().index()), acted(s.function()));
                }
            }
            case Statement.Try s -> {
                if (s.message() != null) {
                    join(locals, new LocalKey(owner, s.message().index()), errorText());
                }
            }
            case Statement.Answer _,
                    Statement.Block _,
                    Statement.DeleteGlobal _,
                    Statement.If _,
                    Statement.Loop _,
                    Statement.Break _,
                    Statement.Continue _,
                    Statement.Next _,
                    Statement.Print _,
                    Statement.Warn _,
                    Statement.Raise _,
                    Statement.Exit _ -> {}
        }
    }

    private void lookup(Expression expression) {
        switch (expression) {
            case Expression.ReadGlobal e -> lookup(e.global(), e.keys());
            case Expression.Contains e -> lookup(e.global(), e.keys());
            case Expression.Extract e -> lookup(e.global(), e.keys());
            case Expression.Bucket e -> lookup(e.global(), e.keys());
            case Expression _ -> {}
        }
    }

    private void lookup(Global global, List<? extends @Nullable Expression> index) {
        if (countsLookups()) {
            index(global, index);
        }
    }

    private void index(Global global, List<? extends @Nullable Expression> index) {
        for (int i = 0; i < index.size(); i++) {
            var key = index.get(i);
            if (key != null) {
                join(keys, new ArrayKey(global.id(), i), of(key));
            }
        }
    }

    private void call(int function, List<Expression> arguments, @Nullable Local result) {
        for (int i = 0; i < arguments.size(); i++) {
            join(locals, new LocalKey(new Owner(false, function), i), of(arguments.get(i)));
        }
        if (result != null) {
            join(locals, new LocalKey(owner, result.index()), results.get(function));
        }
    }

    private <K> void join(Map<K, V> facts, K key, @Nullable V more) {
        if (more == null) {
            return;
        }
        var before = facts.get(key);
        var after = before == null ? more : merge(before, more);
        if (!after.equals(before)) {
            facts.put(key, after);
            changed = true;
        }
    }
}
