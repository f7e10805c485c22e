package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the arrays of numbers that hold something between two hits of a thread, as the time of a call's beginning:
 *
 * <pre>
 * start[tid()] = gettimeofday_ns()   ...   t = tid(); if (t in start) { h &lt;&lt;&lt; gettimeofday_ns() - start[t]; delete start[t] }
 * </pre>
 *
 * <p>They need no hash: what belongs to a thread is kept with the thread, at half the cost, and goes when it ends.
 */
final class ThreadArrays {
    private final Set<Integer> shared = new HashSet<>();

    private ThreadArrays() {}

    static Plan run(Plan plan) {
        var pass = new ThreadArrays();
        plan.functions().forEach(pass::share);
        plan.handlers().forEach(pass::look);
        return new PlanRewriter() {
            @Override
            Global global(Global g) {
                boolean own = isSuited(g) && !pass.shared.contains(g.id());
                return own
                        ? Globals.withPlace(g, Global.Place.THREAD)
                        : g.place() == Global.Place.THREAD ? Globals.withPlace(g, Global.Place.KERNEL) : g;
            }

            @Override
            OwnerRewriter rewriter(Owner owner) {
                return GlobalUse.replacing(this);
            }
        }.run(plan);
    }

    /** Those that are shown or counted need their elements in one place. */
    private static boolean isSuited(Global g) {
        return g.place() != Global.Place.USER
                && g.keys().equals(List.of(Type.LONG))
                && g.value() == Type.LONG
                && !g.wrap()
                && !g.counter()
                && !g.displayedAtEnd();
    }

    /** Functions may be called from anywhere. */
    private void share(Function function) {
        everything(function.body(), (global, _) -> shared.add(global.id()));
    }

    private void look(Handler handler) {
        if (handler.place() != Handler.Place.KERNEL || !isOfThread(handler.point())) {
            everything(handler.body(), (global, _) -> shared.add(global.id()));
            handler.captures().forEach(each -> IrWalk.expressions(each, use((g, _) -> shared.add(g.id()))));
            handler.entries().forEach(each -> IrWalk.expressions(each, use((g, _) -> shared.add(g.id()))));
            return;
        }
        handler.entries().forEach(each -> IrWalk.expressions(each, use((g, key) -> check(g, key, Set.of()))));
        look(handler.body(), known(handler));
    }

    /** A hit inside of another one, as that of a sampling probe, might find the storage in use. */
    private static boolean isOfThread(ProbePoint point) {
        return switch (point) {
            case ProbePoint.Process _, ProbePoint.SystemCall _, ProbePoint.Code _ -> true;
            case ProbePoint.Tracepoint _,
                    ProbePoint.Sampling _,
                    ProbePoint.Begin _,
                    ProbePoint.End _,
                    ProbePoint.Error _,
                    ProbePoint.Never _,
                    ProbePoint.Timer _,
                    ProbePoint.Procfs _,
                    ProbePoint.Input _ -> false;
        };
    }

    private void look(Statement body, Set<Local> known) {
        everything(body, (global, key) -> check(global, key, known));
    }

    private void check(Global global, @Nullable Expression key, Set<Local> known) {
        boolean own = key instanceof Expression.Context(var _, var value) && value == ContextValue.TID
                || key instanceof Expression.ReadLocal(var _, var local) && known.contains(local);
        if (!own) {
            shared.add(global.id());
        }
    }

    /** Locals that are the thread's id wherever they are read: written once, before all else that mentions them. */
    private static Set<Local> known(Handler handler) {
        var writes = new HashMap<Local, Integer>();
        IrWalk.statements(
                handler.body(), statement -> written(statement).forEach(each -> writes.merge(each, 1, Integer::sum)));
        var known = new HashSet<Local>();
        var mentioned = new HashSet<Local>();
        straight(handler.body(), writes, known, mentioned);
        return known;
    }

    /** Follows the statements that every hit passes. */
    private static void straight(
            Statement.Block block, Map<Local, Integer> writes, Set<Local> known, Set<Local> mentioned) {
        for (var statement : block.statements()) {
            switch (statement) {
                case Statement.Block inner -> straight(inner, writes, known, mentioned);
                case Statement.SetLocal(var _, var local, Expression.Context(var _, var value))
                when value == ContextValue.TID -> {
                    if (Objects.equals(writes.get(local), 1) && !mentioned.contains(local)) {
                        known.add(local);
                    }
                }
                case Statement other -> {
                    IrWalk.expressions(other, expression -> {
                        if (expression instanceof Expression.ReadLocal(var _, var local)) {
                            mentioned.add(local);
                        }
                    });
                }
            }
        }
    }

    private static List<Local> written(Statement statement) {
        return switch (statement) {
            case Statement.SetLocal s -> List.of(s.local());
            case Statement.AddGlobal s -> s.result() == null ? List.of() : List.of(s.result());
            case Statement.Call s -> s.result() == null ? List.of() : List.of(s.result());
            case Statement _ -> List.of();
        };
    }

    private interface Use {
        /** @param key null for all elements, or for what is no array */
        void of(Global global, @Nullable Expression key);
    }

    /** Every mention of a global in a body, those in the functions it calls among them. */
    private void everything(Statement body, Use use) {
        IrWalk.statements(body, statement -> {
            switch (statement) {
                case Statement.SetGlobal s -> use.of(s.global(), first(s.keys()));
                case Statement.AddGlobal s -> use.of(s.global(), first(s.keys()));
                case Statement.DeleteElement s -> use.of(s.global(), first(s.keys()));
                case Statement.DeleteGlobal s -> use.of(s.global(), null);
                case Statement.Foreach s -> use.of(s.global(), null);
                case Statement.Call s -> share(s.function());
                case Statement _ -> {}
            }
        });
        IrWalk.expressions(body, use(use));
    }

    private static Consumer<Expression> use(Use use) {
        return expression -> {
            switch (expression) {
                case Expression.ReadGlobal e -> use.of(e.global(), first(e.keys()));
                case Expression.Contains e -> use.of(e.global(), first(e.keys()));
                case Expression _ -> {}
            }
        };
    }

    private static @Nullable Expression first(List<? extends @Nullable Expression> keys) {
        return keys.isEmpty() ? null : keys.getFirst();
    }
}
