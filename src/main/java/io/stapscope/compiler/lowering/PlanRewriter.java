package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrRewriter;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rewrites a whole plan: each function once, before its first caller, then the handlers. */
abstract class PlanRewriter {
    private final Map<Integer, Function> functions = new HashMap<>();

    /** A rewrite of one function's or handler's body. */
    abstract class OwnerRewriter extends IrRewriter {
        @Override
        protected Function function(Function function) {
            return PlanRewriter.this.function(function);
        }

        /** The locals that the rewritten body has. */
        List<Local> locals(List<Local> before) {
            return before.stream().map(this::local).toList();
        }
    }

    /** @param owner which body is rewritten */
    abstract OwnerRewriter rewriter(Owner owner);

    Global global(Global global) {
        return global;
    }

    int resultWidth(Function function) {
        return function.resultWidth();
    }

    final Plan run(Plan plan) {
        var rewrittenFunctions = new ArrayList<Function>();
        plan.functions().forEach(each -> rewrittenFunctions.add(function(each)));
        var handlers = new ArrayList<Handler>();
        plan.handlers().forEach(each -> handlers.add(handler(each)));
        var globals = plan.globals().stream().map(this::global).toList();
        return new Plan(plan.script(), globals, rewrittenFunctions, handlers, plan.limits());
    }

    private Function function(Function f) {
        var known = functions.get(f.id());
        if (known != null) {
            return known;
        }
        var rewriter = rewriter(Owner.of(f));
        var body = rewriter.block(f.body());
        var rewritten = new Function(
                f.id(),
                f.name(),
                f.span(),
                f.parameters(),
                rewriter.locals(f.locals()),
                f.result(),
                resultWidth(f),
                body);
        functions.put(f.id(), rewritten);
        return rewritten;
    }

    private Handler handler(Handler h) {
        var rewriter = rewriter(Owner.of(h));
        var entries = h.entries().stream().map(rewriter::rewrite).toList();
        var captures = h.captures().stream().map(rewriter::rewrite).toList();
        var body = rewriter.block(h.body());
        return new Handler(
                h.id(), h.span(), h.point(), h.place(), rewriter.locals(h.locals()), entries, captures, body);
    }
}
