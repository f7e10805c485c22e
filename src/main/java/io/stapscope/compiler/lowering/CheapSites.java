package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.host.Host;
import io.stapscope.host.Host.ProgramLookup;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Site;
import io.stapscope.host.program.Site.Sight;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the probes of functions where a hit costs least: one that looks at no register and at no memory of the program may
 * come a few instructions later than one that does. Needs to know where handlers run, and so what they send at the hit.
 */
final class CheapSites {
    private final List<Function> functions;
    private final Host host;

    private CheapSites(List<Function> functions, Host host) {
        this.functions = functions;
        this.host = host;
    }

    static Plan run(Plan plan, Host host) {
        var pass = new CheapSites(plan.functions(), host);
        var handlers = plan.handlers().stream().map(pass::moved).toList();
        return new Plan(plan.script(), plan.globals(), plan.functions(), handlers, plan.limits());
    }

    private Handler moved(Handler handler) {
        if (!(handler.point() instanceof ProbePoint.Code code)
                || looks(handler, code)
                || !(host.program(code.path()) instanceof ProgramLookup.Read(var program))
                || program.device() != code.device()
                || program.inode() != code.inode()) {
            return handler;
        }
        var sight = code.atReturn() ? Sight.RETURN_ADDRESS : Sight.NOTHING;
        var sites =
                code.sites().stream().map(site -> moved(site, program, sight)).toList();
        var point = new ProbePoint.Code(
                code.text(), code.path(), code.device(), code.inode(), code.target(), code.atReturn(), sites);
        return new Handler(
                handler.id(),
                handler.span(),
                point,
                handler.place(),
                handler.locals(),
                handler.entries(),
                handler.captures(),
                handler.body());
    }

    private static ProbePoint.CodeSite moved(ProbePoint.CodeSite site, Program program, Sight sight) {
        return program.site(site.entry(), sight) instanceof Site.At at
                ? new ProbePoint.CodeSite(
                        site.text(), site.function(), site.entry(), at.address(), at.offset(), site.semaphoreOffset())
                : site;
    }

    /** Whether a handler looks at the state of the program when the place is reached; at a return, when it is called. */
    private boolean looks(Handler handler, ProbePoint.Code code) {
        var found = new boolean[1];
        handler.entries().forEach(each -> IrWalk.expressions(each, part -> found[0] |= looks(part)));
        if (!code.atReturn()) {
            handler.captures().forEach(each -> IrWalk.expressions(each, part -> found[0] |= looks(part)));
            look(handler.body(), found, new HashSet<>());
        }
        return found[0];
    }

    private void look(Statement body, boolean[] found, Set<Integer> seen) {
        IrWalk.expressions(body, part -> found[0] |= looks(part));
        IrWalk.statements(body, statement -> {
            switch (statement) {
                case Statement.Call call -> follow(call.function().id(), found, seen);
                case Statement.CallById call -> follow(call.function(), found, seen);
                case Statement _ -> {}
            }
        });
    }

    private void follow(int function, boolean[] found, Set<Integer> seen) {
        if (seen.add(function)) {
            look(functions.get(function).body(), found, seen);
        }
    }

    private static boolean looks(Expression part) {
        return switch (part) {
            case Expression.Register _ -> true;
            case Expression.Load e -> e.space() == Space.USER;
            case Expression.LoadString e -> e.space() == Space.USER;
            case Expression.Stack e -> e.space() == Space.USER;
            case Expression _ -> false;
        };
    }
}
