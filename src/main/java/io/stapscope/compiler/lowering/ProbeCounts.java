package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the hits of each handler in a global of its own, and prints the counts when the run ends: what {@code stap -t}
 * does. Both back ends count, since it is ordinary IR.
 */
final class ProbeCounts {
    private ProbeCounts() {}

    static Plan run(Plan plan) {
        var globals = new ArrayList<>(plan.globals());
        var handlers = new ArrayList<Handler>();
        var report = new ArrayList<Statement>();
        for (var handler : plan.handlers()) {
            var count = count(globals.size(), handler.span());
            globals.add(count);
            var add = new Statement.AddGlobal(
                    handler.span(), count, List.of(), new Expression.LongLiteral(handler.span(), 1), null);
            handlers.add(inFront(add, handler));
            report.add(line(handler, count));
        }
        var whole = new Span(plan.script(), 0, 0);
        report.addFirst(print(whole, "----- probe hit report:\n"));
        var body = new Statement.Block(whole, report);
        // The last of all: it tells of the other end handlers, too.
        handlers.add(user(handlers.size(), new ProbePoint.End("end", Long.MAX_VALUE), body));
        handlers.add(user(handlers.size(), new ProbePoint.Error("error", Long.MAX_VALUE), body));
        return new Plan(plan.script(), globals, plan.functions(), handlers, plan.limits());
    }

    /** The same handler, which does one thing more at its beginning. */
    static Handler inFront(Statement first, Handler handler) {
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

    private static Handler user(int id, ProbePoint point, Statement.Block body) {
        return new Handler(id, body.span(), point, Handler.Place.USER, List.of(), List.of(), List.of(), body);
    }

    /** {@code if (count > 0) printf("POINT, (FILE:LINE:COLUMN), hits: %d\n", count)}. */
    private static Statement line(Handler handler, Global count) {
        var span = handler.span();
        var value = new Expression.ReadGlobal(span, count, List.of());
        var format = new Format(List.of(
                new Format.Text(handler.point().text() + ", (" + span + "), hits: "),
                Directive.plain(Conversion.DECIMAL),
                new Format.Text("\n")));
        var print = new Statement.Print(span, format, List.of(value));
        return new Statement.If(
                span,
                new Expression.Compare(span, Expression.Relation.GREATER, value, new Expression.LongLiteral(span, 0)),
                new Statement.Block(span, List.of(print)),
                new Statement.Block(span, List.of()));
    }

    private static Statement print(Span span, String text) {
        return new Statement.Print(span, new Format(List.of(new Format.Text(text))), List.of());
    }

    private static Global count(int id, Span span) {
        return new Global(
                id,
                "hits'" + id,
                span,
                List.of(),
                List.of(),
                List.of(),
                Type.LONG,
                Long.BYTES,
                1,
                false,
                null,
                null,
                Global.Place.USER,
                false,
                false,
                Global.Unit.NONE);
    }
}
