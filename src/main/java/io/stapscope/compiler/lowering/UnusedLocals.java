package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Leaves out the locals that nothing mentions any more; parameters stay. */
final class UnusedLocals {
    private final Map<Owner, List<Integer>> kept = new HashMap<>();

    private UnusedLocals() {}

    static Plan run(Plan plan) {
        var pass = new UnusedLocals();
        for (var function : plan.functions()) {
            pass.collect(Owner.of(function), function.parameters(), function.body());
        }
        for (var handler : plan.handlers()) {
            pass.collect(Owner.of(handler), 0, handler.body());
        }
        return new PlanRewriter() {
            @Override
            OwnerRewriter rewriter(Owner owner) {
                var mentioned = pass.kept.getOrDefault(owner, List.of());
                return new OwnerRewriter() {
                    @Override
                    protected Local local(Local local) {
                        return new Local(mentioned.indexOf(local.index()), local.name(), local.type(), local.width());
                    }

                    @Override
                    List<Local> locals(List<Local> before) {
                        return mentioned.stream()
                                .map(index -> local(before.get(index)))
                                .toList();
                    }
                };
            }
        }.run(plan);
    }

    private void collect(Owner owner, int parameters, Statement.Block body) {
        var found = new TreeSet<Integer>();
        for (int i = 0; i < parameters; i++) {
            found.add(i);
        }
        IrWalk.statements(body, statement -> {
            switch (statement) {
                case Statement.SetLocal s -> found.add(s.local().index());
                case Statement.AddGlobal s -> add(found, s.result());
                case Statement.Call s -> add(found, s.result());
                case Statement.CallById s -> add(found, s.result());
                case Statement.Act s -> add(found, s.result());
                case Statement.Match s -> found.add(s.result().index());
                case Statement.Try s -> add(found, s.message());
                case Statement.Foreach s -> {
                    s.keys().forEach(key -> found.add(key.index()));
                    add(found, s.value());
                }
                case Statement _ -> {}
            }
        });
        IrWalk.expressions(body, expression -> {
            if (expression instanceof Expression.ReadLocal(var unused, var local)) {
                found.add(local.index());
            }
        });
        kept.put(owner, new ArrayList<>(found));
    }

    private static void add(TreeSet<Integer> found, @Nullable Local local) {
        if (local != null) {
            found.add(local.index());
        }
    }
}
