package io.stapscope.compiler;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan that attaches where another one does and only counts: what a script will be hit by, before any of its bodies
 * has run.
 */
public final class HitCounts {
    private HitCounts() {}

    /**
     * {@code probe POINT { anything }} becomes {@code probe POINT { hits[NUMBER]++ }}, where the number is that of the
     * handler in the plan. What runs in user space is left out: begin, end, timers.
     *
     * @return null when nothing of the plan is hit in the kernel
     */
    public static @Nullable Plan of(Plan plan) {
        var whole = new Span(plan.script(), 0, 0);
        var hits = new Global(
                0,
                "hits",
                whole,
                List.of(Type.LONG),
                List.of(Long.BYTES),
                List.of(Global.KeyKind.PLAIN),
                Type.LONG,
                Long.BYTES,
                Math.max(1, plan.handlers().size()),
                false,
                null,
                null,
                Global.Place.KERNEL,
                true,
                false,
                Global.Unit.NONE,
                -1);
        var counting = new ArrayList<Handler>();
        for (var handler : plan.handlers()) {
            if (handler.place() != Handler.Place.USER) {
                counting.add(counting(counting.size(), handler, hits));
            }
        }
        return counting.isEmpty() ? null : new Plan(plan.script(), List.of(hits), List.of(), counting, plan.limits());
    }

    private static Handler counting(int id, Handler handler, Global hits) {
        var span = handler.span();
        var number = new Expression.LongLiteral(span, handler.id());
        var add = new Statement.AddGlobal(span, hits, List.of(number), new Expression.LongLiteral(span, 1), null);
        return new Handler(
                id,
                span,
                handler.point(),
                Handler.Place.KERNEL,
                List.of(),
                List.of(),
                List.of(),
                new Statement.Block(span, List.of(add)));
    }
}
