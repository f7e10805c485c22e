package io.stapscope.cli;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.tracer.Losses;
import io.stapscope.tracer.ProbeAccount;

/** What {@code run -t} prints when a script has ended: each probe that was hit, as {@code stap -t} words it. */
final class HitReport {
    private HitReport() {}

    /** {@code POINT, (FILE:LINE:COLUMN), hits: N, lost: N, ns/hit: N}; lost only where there is any, ~N where estimated. */
    static String of(Plan plan, Losses losses) {
        var text = new StringBuilder("----- probe hit report:\n");
        for (var probe : losses.probes()) {
            if (probe.hits() > 0 || probe.lost() > 0) {
                line(text, plan.handlers().get(probe.handler()), probe);
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Handler handler, ProbeAccount probe) {
        text.append(handler.point().text()).append(", (").append(handler.span()).append("), hits: ");
        text.append(probe.hits());
        if (probe.lost() > 0) {
            text.append(", lost: ").append(probe.lost());
        }
        text.append(", ns/hit: ");
        if (probe.isTimed()) {
            text.append(probe.estimated() ? "~" : "").append(probe.nanosPerHit());
        } else {
            text.append('-');
        }
        text.append('\n');
    }
}
