package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.NOT_PRIVILEGED;

import io.stapscope.compiler.Switches.Privilege;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import java.util.Set;

/** Keeps scripts of ordinary users ({@code --unprivileged}) to the session, timers and processes. */
public final class PrivilegeCheck {
    private static final Set<String> GURU = Set.of("raise", "printk");

    private PrivilegeCheck() {}

    public static void run(Symbols symbols, Privilege privilege, Diagnostics diagnostics) {
        if (privilege != Privilege.STAPUSR) {
            return;
        }
        for (var probe : symbols.probes()) {
            for (var point : probe.points()) {
                if (!isAllowed(point.point())) {
                    diagnostics.report(
                            NOT_PRIVILEGED,
                            point.span(),
                            "`" + point.point().text() + "` needs more than the privilege stapusr",
                            "not allowed",
                            "allowed are begin, end, error, never, timers and process probes",
                            "leave --unprivileged out, if you may");
                }
            }
        }
    }

    /** Functions that change the host need {@code -g}. */
    public static void functions(Symbols symbols, boolean guru, Diagnostics diagnostics) {
        if (guru) {
            return;
        }
        for (var body : symbols.bodies()) {
            TreeWalk.expressions(body.block(), expression -> {
                if (expression instanceof ExpressionNode.Call call
                        && symbols.function(call) == null
                        && GURU.contains(call.function().text())) {
                    diagnostics.report(
                            NOT_PRIVILEGED,
                            call.span(),
                            "`" + call.function().text() + "` changes the host and needs guru mode",
                            "not allowed",
                            "run the script with -g");
                }
            });
        }
    }

    private static boolean isAllowed(ProbePoint point) {
        return switch (point) {
            case ProbePoint.Begin _,
                    ProbePoint.End _,
                    ProbePoint.Error _,
                    ProbePoint.Never _,
                    ProbePoint.Timer _,
                    ProbePoint.Procfs _,
                    ProbePoint.Input _,
                    ProbePoint.Process _ -> true;
            case ProbePoint.SystemCall _, ProbePoint.Tracepoint _, ProbePoint.Sampling _, ProbePoint.Code _ -> false;
        };
    }
}
