package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import java.util.ArrayList;
import java.util.List;

/** Without privileges only the processes of one user are watched: {@code if (uid() != USER) next} goes in front. */
final class OwnProcesses {
    private OwnProcesses() {}

    static Plan run(Plan plan, int user) {
        var handlers = plan.handlers().stream()
                .map(handler -> handler.point() instanceof ProbePoint.Process ? guarded(handler, user) : handler)
                .toList();
        return new Plan(plan.script(), plan.globals(), plan.functions(), handlers, plan.limits());
    }

    private static Handler guarded(Handler handler, int user) {
        var span = handler.span();
        var foreign = new Expression.Compare(
                span,
                Expression.Relation.NOT_EQUAL,
                new Expression.Context(span, ContextValue.UID),
                new Expression.LongLiteral(span, user));
        var guard = new Statement.If(
                span,
                foreign,
                new Statement.Block(span, List.of(new Statement.Next(span))),
                new Statement.Block(span, List.of()));
        return inFront(guard, handler);
    }

    /** The same handler, which does one thing more at its beginning. */
    private static Handler inFront(Statement first, Handler handler) {
        var statements = new ArrayList<Statement>();
        statements.add(first);
        statements.addAll(handler.body().statements());
        return new Handler(
                handler.id(),
                handler.span(),
                handler.point(),
                handler.place(),
                handler.locals(),
                handler.entries(),
                handler.captures(),
                new Statement.Block(handler.body().span(), statements));
    }
}
