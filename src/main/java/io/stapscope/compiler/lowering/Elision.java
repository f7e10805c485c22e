package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out what nobody reads: {@code x = 1 / 0} with x unread -> nothing. Values are pure, so leaving one out changes
 * nothing but the errors it could have had; SystemTap does the same.
 */
final class Elision {
    private final Map<Owner, Set<Integer>> read = new HashMap<>();
    private boolean changed;

    private Elision() {}

    static Plan run(Plan plan) {
        while (true) {
            var round = new Elision();
            plan = round.once(plan);
            if (!round.changed) {
                return plan;
            }
        }
    }

    private Plan once(Plan plan) {
        for (var function : plan.functions()) {
            collect(Owner.of(function), function.body());
        }
        for (var handler : plan.handlers()) {
            collect(Owner.of(handler), handler.body());
        }
        return new PlanRewriter() {
            @Override
            OwnerRewriter rewriter(Owner owner) {
                return new OwnerRewriter() {
                    @Override
                    protected Statement finish(Statement statement) {
                        var left = elide(owner, statement);
                        changed |= left != statement;
                        return left;
                    }
                };
            }
        }.run(plan);
    }

    private void collect(Owner owner, Statement.Block body) {
        var found = read.computeIfAbsent(owner, _ -> new HashSet<>());
        IrWalk.expressions(body, expression -> {
            if (expression instanceof Expression.ReadLocal(var unused, var local)) {
                found.add(local.index());
            }
        });
    }

    private boolean isRead(Owner owner, Local local) {
        return read.getOrDefault(owner, Set.of()).contains(local.index());
    }

    private Statement elide(Owner owner, Statement statement) {
        return switch (statement) {
            case Statement.SetLocal s when !isRead(owner, s.local()) -> new Statement.Block(s.span(), List.of());
            case Statement.AddGlobal s
            when s.result() != null && !isRead(owner, s.result()) ->
                new Statement.AddGlobal(s.span(), s.global(), s.keys(), s.value(), null);
            case Statement.Call s
            when s.result() != null && !isRead(owner, s.result()) ->
                new Statement.Call(s.span(), s.function(), s.arguments(), null);
            case Statement.CallById s
            when s.result() != null && !isRead(owner, s.result()) ->
                new Statement.CallById(s.span(), s.function(), s.arguments(), null);
            case Statement.Foreach s
            when s.value() != null && !isRead(owner, s.value()) ->
                new Statement.Foreach(s.span(), s.global(), s.keys(), null, s.slice(), s.sort(), s.limit(), s.body());
            case Statement s -> s;
        };
    }
}
