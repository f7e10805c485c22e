package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Finds how each global is used: what its keys and numbers stand for, whether it only grows, whether nothing reads it. */
final class GlobalUse {
    private final Set<Integer> read = new HashSet<>();
    private final Set<Integer> written = new HashSet<>();
    private final Set<Integer> notCounters = new HashSet<>();

    private GlobalUse() {}

    /** @param displays whether what is never read is printed at the end */
    static Plan run(Plan plan, boolean displays) {
        var use = new GlobalUse();
        plan.functions().forEach(function -> use.visit(function.body()));
        plan.handlers().forEach(handler -> use.visit(handler.body()));
        var kinds = new KeyKinds(plan);
        var units = new Units(plan);
        return new PlanRewriter() {
            @Override
            Global global(Global g) {
                var keyKinds = new ArrayList<Global.KeyKind>();
                for (int i = 0; i < g.keys().size(); i++) {
                    keyKinds.add(Objects.requireNonNullElse(kinds.key(g, i), Global.KeyKind.PLAIN));
                }
                var unit = g.value() == Type.STRING
                        ? Global.Unit.NONE
                        : Objects.requireNonNullElse(units.global(g), Global.Unit.NONE);
                boolean counter =
                        g.value() == Type.LONG && use.written.contains(g.id()) && !use.notCounters.contains(g.id());
                // What the library keeps for itself is nobody's result.
                boolean displayed = displays
                        && use.written.contains(g.id())
                        && !use.read.contains(g.id())
                        && g.span().source().equals(plan.script());
                return Globals.withUse(g, keyKinds, unit, counter, displayed);
            }

            @Override
            OwnerRewriter rewriter(Owner owner) {
                return replacing(this);
            }
        }.run(plan);
    }

    /** A rewrite of the globals in a body, and of nothing else. */
    static PlanRewriter.OwnerRewriter replacing(PlanRewriter globals) {
        return globals.new OwnerRewriter() {
            @Override
            protected Global global(Global global) {
                return globals.global(global);
            }

            @Override
            protected Local local(Local local) {
                return local;
            }
        };
    }

    private void visit(Statement.Block block) {
        IrWalk.statements(block, this::visit);
        IrWalk.expressions(block, this::visit);
    }

    private void visit(Statement statement) {
        switch (statement) {
            case Statement.SetGlobal s -> {
                written.add(s.global().id());
                notCounters.add(s.global().id());
            }
            case Statement.AddGlobal s -> {
                written.add(s.global().id());
                if (!(s.value() instanceof Expression.LongLiteral(var unused, var value) && value > 0)) {
                    notCounters.add(s.global().id());
                }
                if (s.result() != null) {
                    read.add(s.global().id());
                }
            }
            case Statement.Feed s -> written.add(s.global().id());
            case Statement.Foreach s -> read.add(s.global().id());
            case Statement.PrintHistogram s -> read.add(s.global().id());
            case Statement _ -> {}
        }
    }

    private void visit(Expression expression) {
        switch (expression) {
            case Expression.ReadGlobal e -> read.add(e.global().id());
            case Expression.Contains e -> read.add(e.global().id());
            case Expression.Extract e -> read.add(e.global().id());
            case Expression.Bucket e -> read.add(e.global().id());
            case Expression _ -> {}
        }
    }
}
