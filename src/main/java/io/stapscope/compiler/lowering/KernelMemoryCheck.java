package io.stapscope.compiler.lowering;

import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;

/**
 * Scripts of ordinary users do not read the memory of the kernel. The library may: its functions give what any user may
 * know, except those that take an address and are named for it.
 */
final class KernelMemoryCheck {
    private static final String BY_ADDRESS = "kernel_";

    private final Plan plan;
    private final Diagnostics diagnostics;

    private KernelMemoryCheck(Plan plan, Diagnostics diagnostics) {
        this.plan = plan;
        this.diagnostics = diagnostics;
    }

    static void run(Plan plan, Diagnostics diagnostics) {
        var pass = new KernelMemoryCheck(plan, diagnostics);
        plan.functions().forEach(function -> pass.look(function.body()));
        for (var handler : plan.handlers()) {
            pass.look(handler.body());
            handler.entries().forEach(entry -> IrWalk.expressions(entry, pass::look));
        }
    }

    private void look(Statement body) {
        IrWalk.statements(body, this::call);
        IrWalk.expressions(body, this::look);
    }

    private void call(Statement statement) {
        switch (statement) {
            case Statement.Call s when s.function().name().startsWith(BY_ADDRESS) -> refuse(s.span());
            case Statement.CallById s
            when plan.functions().get(s.function()).name().startsWith(BY_ADDRESS) -> refuse(s.span());
            case Statement _ -> {}
        }
    }

    private void look(Expression expression) {
        boolean reads =
                switch (expression) {
                    case Expression.Load e -> e.space() == Space.KERNEL;
                    case Expression.LoadString e -> e.space() == Space.KERNEL;
                    case Expression.Stack e -> e.space() == Space.KERNEL;
                    case Expression _ -> false;
                };
        if (reads) {
            refuse(expression.span());
        }
    }

    private void refuse(Span span) {
        if (span.source().equals(plan.script())) {
            diagnostics.report(
                    DiagnosticCode.NOT_PRIVILEGED,
                    span,
                    "the memory of the kernel needs more than the privilege stapusr",
                    "not allowed",
                    "leave --unprivileged out, if you may");
        }
    }
}
