package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.probe.UserValues;
import io.stapscope.compiler.source.Span;
import io.stapscope.host.Host;
import io.stapscope.host.Host.ProgramLookup;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Site;
import io.stapscope.host.program.Site.Sight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the probes of functions where a hit costs least: one that looks at few registers, or at no memory of the program, may
 * come a few instructions later than one that looks at all. Those of one function share a place if that is cheap for all of
 * them. Needs to know where handlers run, and so what they send at the hit.
 */
final class CheapSites {
    private final List<Function> functions;
    private final Host host;

    /** What all probes look at that are meant for a place. */
    private final Map<Meant, Sight> together = new HashMap<>();

    /** @param entry address that the probes are meant for */
    private record Meant(String path, long entry) {}

    private CheapSites(List<Function> functions, Host host) {
        this.functions = functions;
        this.host = host;
    }

    static Plan run(Plan plan, Host host) {
        var pass = new CheapSites(plan.functions(), host);
        plan.handlers().forEach(pass::join);
        var handlers = plan.handlers().stream().map(pass::moved).toList();
        return new Plan(plan.script(), plan.globals(), plan.functions(), handlers, plan.limits());
    }

    private void join(Handler handler) {
        if (handler.point() instanceof ProbePoint.Code code) {
            var sight = sight(handler, code);
            code.sites().forEach(site -> together.merge(new Meant(code.path(), site.entry()), sight, Sight::and));
        }
    }

    private Handler moved(Handler handler) {
        if (!(handler.point() instanceof ProbePoint.Code code)
                || !(host.program(code.path()) instanceof ProgramLookup.Read(var program))
                || program.device() != code.device()
                || program.inode() != code.inode()) {
            return handler;
        }
        var sight = sight(handler, code);
        var sites = code.sites().stream()
                .map(site -> moved(site, code.path(), program, sight, handler.span()))
                .toList();
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

    private ProbePoint.CodeSite moved(ProbePoint.CodeSite site, String path, Program program, Sight own, Span span) {
        var all = together.getOrDefault(new Meant(path, site.entry()), own);
        var shared = program.site(site.entry(), all);
        boolean isCheap = shared instanceof Site.At at && at.cost() != Site.Cost.SINGLE_STEP;
        return (isCheap ? shared : program.site(site.entry(), own)) instanceof Site.At at
                ? new ProbePoint.CodeSite(
                        site.text(),
                        site.function(),
                        site.entry(),
                        at.address(),
                        at.offset(),
                        site.semaphoreOffset(),
                        elsewhere(at, own, span))
                : site;
    }

    /** What others look at who share the place need not be computed. */
    private static Map<Integer, Expression> elsewhere(Site.At at, Sight own, Span span) {
        var found = new HashMap<Integer, Expression>();
        at.elsewhere().forEach((register, value) -> {
            if (((own.registers() | own.halves()) >> register & 1) != 0) {
                found.put(register, UserValues.of(span, value));
            }
        });
        return found;
    }

    /** What a handler looks at when the place is reached; at a return, when the function is called. */
    private Sight sight(Handler handler, ProbePoint.Code code) {
        var found = code.atReturn() ? Sight.RETURN_ADDRESS : Sight.NOTHING;
        found = found.and(SeenParts.of(handler.entries()));
        return code.atReturn()
                ? found
                : found.and(SeenParts.of(handler.captures())).and(SeenParts.of(handler.body(), functions));
    }
}
