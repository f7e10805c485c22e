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
        IrWalk.written(body, local -> found.add(local.index()));
        IrWalk.expressions(body, expression -> {
            if (expression instanceof Expression.ReadLocal(var unused, var local)) {
                found.add(local.index());
            }
        });
        kept.put(owner, new ArrayList<>(found));
    }
}
