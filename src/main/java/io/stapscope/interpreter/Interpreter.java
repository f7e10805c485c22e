package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.interpreter.format.ByteSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs handlers of one plan in user space. Each is compiled to function objects when it first runs. For one thread at a
 * time: what a handler prints reaches the console when it ends.
 */
public final class Interpreter {
    private final Plan plan;
    private final GlobalStore store;
    private final Console console;
    private final SessionFacts facts;
    private final Map<Integer, Compiled> handlers = new HashMap<>();
    private final Map<Integer, Routine> routines = new HashMap<>();
    private final ByteSink out = new ByteSink(1024);
    private final ByteSink scratch = new ByteSink(1024);

    public Interpreter(Plan plan, GlobalStore store, Console console, SessionFacts facts) {
        this.plan = plan;
        this.store = store;
        this.console = console;
        this.facts = facts;
    }

    /** Runs a handler of the plan to its end, or to the first soft error. */
    public Outcome run(Handler handler, HitContext context) {
        var compiled = handlers.get(handler.id());
        if (compiled == null) {
            compiled = compile(handler);
            handlers.put(handler.id(), compiled);
        }
        var hit = new Hit(context, console, out, scratch, budget(handler));
        try {
            var _ = compiled.body.run(new Frame(hit, compiled.shape));
            return hit.exit ? new Outcome.ExitRequested() : new Outcome.Completed();
        } catch (Abortion _) {
            return new Outcome.ExitRequested();
        } catch (SoftError error) {
            return new Outcome.Failed(error.text(), error.span(), hit.exit);
        } finally {
            hit.flush();
        }
    }

    private int budget(Handler handler) {
        return handler.place() == Handler.Place.USER
                ? plan.limits().maxActionInterruptible()
                : plan.limits().maxAction();
    }

    private Compiled compile(Handler handler) {
        var body = statements(handler.captures()).block(handler.body());
        return new Compiled(body, Frame.Shape.of(handler.locals()));
    }

    private StatementCompiler statements(List<Expression> captures) {
        var expressions = new ExpressionCompiler(plan.limits(), store, facts, captures);
        return new StatementCompiler(plan.limits(), store, expressions, this::routine);
    }

    private Routine routine(int id) {
        var known = routines.get(id);
        if (known != null) {
            return known;
        }
        var routine = new Routine(plan.functions().get(id));
        routines.put(id, routine);
        routine.compile(statements(List.of()));
        return routine;
    }

    private record Compiled(Code.Step body, Frame.Shape shape) {}
}
