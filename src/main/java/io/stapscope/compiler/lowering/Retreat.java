package io.stapscope.compiler.lowering;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The way out when the kernel refuses a handler only for its size: it runs after the hit. */
public final class Retreat {
    private Retreat() {}

    /**
     * The plan with a kernel handler, and those that exchange values with it, deferred; null when it cannot be.
     *
     * @param handler id
     */
    public static @Nullable Plan defer(Plan plan, int handler) {
        var functions = new ArrayList<>(plan.functions());
        var deferral = new Deferral(functions, new Diagnostics());
        var handlers = new ArrayList<>(plan.handlers());
        var large = handlers.get(handler);
        if (large.place() != Handler.Place.KERNEL || !deferral.accepts(large)) {
            return null;
        }
        handlers.set(handler, deferral.run(large, "its size"));
        Placement.followDeferred(handlers, functions, deferral);
        return ThreadArrays.run(new Plan(plan.script(), plan.globals(), functions, handlers, plan.limits()));
    }
}
