package io.stapscope.compiler.lowering;

import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides which handlers run in the kernel, which run after the hit, and where each global lives. */
final class Placement {
    private final Set<Integer> inKernel = new HashSet<>();

    private Placement() {}

    static Plan run(Plan plan, Host host, Diagnostics diagnostics) {
        var functions = new ArrayList<Function>(plan.functions());
        var deferral = new Deferral(functions, diagnostics);
        var subset = new KernelSubset(plan.limits(), host);
        var handlers = new ArrayList<Handler>();
        for (var handler : plan.handlers()) {
            handlers.add(place(handler, subset, deferral, diagnostics));
        }
        followDeferred(handlers, functions, deferral);
        var placement = new Placement();
        for (var handler : handlers) {
            if (handler.place() == Handler.Place.KERNEL) {
                placement.touch(handler.body());
            }
        }
        return placement.places().run(new Plan(plan.script(), plan.globals(), functions, handlers, plan.limits()));
    }

    /**
     * A kernel handler that exchanges values with one that runs after the hit would see them too early or too late, so it
     * runs after the hit, too: a time that is stored at each entry, say, and looked up at a return that is deferred.
     */
    static void followDeferred(List<Handler> handlers, List<Function> functions, Deferral deferral) {
        boolean changed = true;
        while (changed) {
            changed = false;
            var after = new Exchange(functions);
            handlers.stream()
                    .filter(handler -> handler.place() == Handler.Place.DEFERRED)
                    .forEach(handler -> after.add(handler.body()));
            for (int i = 0; i < handlers.size(); i++) {
                var handler = handlers.get(i);
                if (handler.place() != Handler.Place.KERNEL) {
                    continue;
                }
                var here = new Exchange(functions);
                here.add(handler.body());
                var shared = here.exchanged(after);
                if (shared != null && deferral.accepts(handler)) {
                    handlers.set(i, deferral.run(handler, "what other probes do with `" + shared.name() + "`"));
                    changed = true;
                }
            }
        }
    }

    private static Handler place(Handler handler, KernelSubset subset, Deferral deferral, Diagnostics diagnostics) {
        boolean hits =
                switch (handler.point()) {
                    case ProbePoint.Process _,
                            ProbePoint.SystemCall _,
                            ProbePoint.Tracepoint _,
                            ProbePoint.Sampling _,
                            ProbePoint.Code _ -> true;
                    case ProbePoint.Begin _,
                            ProbePoint.End _,
                            ProbePoint.Error _,
                            ProbePoint.Never _,
                            ProbePoint.Timer _,
                            ProbePoint.Procfs _,
                            ProbePoint.Input _ -> false;
                };
        if (!hits) {
            return handler;
        }
        for (var entry : handler.entries()) {
            if (subset.refusal(entry) != null) {
                diagnostics.report(
                        DiagnosticCode.OPERATION_NOT_SUPPORTED,
                        entry.span(),
                        "strings cannot be formatted in @entry yet",
                        "not supported",
                        "keep the numbers with @entry($arg1) and the like, and format them after the return");
            }
        }
        var refusal = subset.refusal(handler);
        return refusal == null
                ? new Handler(
                        handler.id(),
                        handler.span(),
                        handler.point(),
                        Handler.Place.KERNEL,
                        handler.locals(),
                        handler.entries(),
                        handler.captures(),
                        handler.body())
                : deferral.run(handler, refusal);
    }

    /** Everything a kernel handler touches lives in maps, whoever else uses it. */
    private void touch(Statement.Block body) {
        IrWalk.statements(body, statement -> {
            switch (statement) {
                case Statement.SetGlobal s -> inKernel.add(s.global().id());
                case Statement.AddGlobal s -> inKernel.add(s.global().id());
                case Statement.Feed s -> inKernel.add(s.global().id());
                case Statement.DeleteElement s -> inKernel.add(s.global().id());
                case Statement.DeleteGlobal s -> inKernel.add(s.global().id());
                case Statement.Call s -> touch(s.function().body());
                case Statement _ -> {}
            }
        });
        IrWalk.expressions(body, expression -> {
            switch (expression) {
                case Expression.ReadGlobal e -> inKernel.add(e.global().id());
                case Expression.Contains e -> inKernel.add(e.global().id());
                case Expression _ -> {}
            }
        });
    }

    private PlanRewriter places() {
        return new PlanRewriter() {
            @Override
            Global global(Global g) {
                return Globals.withPlace(g, inKernel.contains(g.id()) ? Global.Place.KERNEL : Global.Place.USER);
            }

            @Override
            OwnerRewriter rewriter(Owner owner) {
                return GlobalUse.replacing(this);
            }
        };
    }
}
