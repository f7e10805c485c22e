package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_CONDITION;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NO_PROBES;

import io.stapscope.compiler.analysis.ProbeSymbol.ResolvedPoint;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.probe.ProbeFamilies;
import io.stapscope.compiler.probe.Resolution;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Mark;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.host.Host;

/** Finds what each written probe point means on this host. */
public final class ProbeResolution {
    private final Symbols symbols;
    private final Host host;
    private final boolean hasTarget;
    private final Diagnostics diagnostics;

    private ProbeResolution(Symbols symbols, Host host, boolean hasTarget, Diagnostics diagnostics) {
        this.symbols = symbols;
        this.host = host;
        this.hasTarget = hasTarget;
        this.diagnostics = diagnostics;
    }

    public static void run(Script script, Symbols symbols, Host host, boolean hasTarget, Diagnostics diagnostics) {
        var pass = new ProbeResolution(symbols, host, hasTarget, diagnostics);
        for (var probe : symbols.probes()) {
            pass.resolve(probe);
            probe.conditions().forEach(pass::check);
        }
        if (!diagnostics.hasErrors()
                && symbols.probes().stream().allMatch(probe -> probe.points().isEmpty())) {
            pass.nothingToRun(script);
        }
    }

    private void resolve(ProbeSymbol probe) {
        for (var written : probe.declaration().points()) {
            for (var node : written.expanded()) {
                switch (ProbeFamilies.resolve(node, host, hasTarget)) {
                    case Resolution.Found(var point) -> {
                        probe.points().add(new ResolvedPoint(point, node.span(), written.condition()));
                        if (node.mark() == Mark.SUFFICIENT) {
                            return;
                        }
                    }
                    case Resolution.Missing(var reason) -> {
                        if (node.mark() == Mark.NONE) {
                            diagnostics.add(reason);
                        }
                    }
                    case Resolution.Wrong(var reason) -> diagnostics.add(reason);
                }
            }
        }
    }

    /** A condition is looked at again whenever a global changes, so it may do nothing but read globals. */
    private void check(ExpressionNode condition) {
        TreeWalk.expressions(condition, part -> {
            var problem =
                    switch (part) {
                        case ExpressionNode.Variable e ->
                            symbols.global(e.word()) == null ? "`" + e.name() + "` is not a global" : null;
                        case ExpressionNode.NumberLiteral _,
                                ExpressionNode.StringLiteral _,
                                ExpressionNode.Element _,
                                ExpressionNode.Contains _,
                                ExpressionNode.Extract _,
                                ExpressionNode.Unary _,
                                ExpressionNode.Binary _,
                                ExpressionNode.Conditional _ -> null;
                        case ExpressionNode.Call e -> "`" + e.function().text() + "` is a function";
                        case ExpressionNode.Print e -> "`" + e.name().text() + "` is a function";
                        case ExpressionNode.Assign _, ExpressionNode.Step _ -> "an assignment writes a variable";
                        case ExpressionNode.TargetVariable e -> "`" + e.name() + "` is a context variable";
                        case ExpressionNode.Access _,
                                ExpressionNode.AddressOf _,
                                ExpressionNode.Cast _,
                                ExpressionNode.GlobalVariable _,
                                ExpressionNode.Defined _,
                                ExpressionNode.Entry _,
                                ExpressionNode.AtOperation _,
                                ExpressionNode.Histogram _,
                                ExpressionNode.Bucket _,
                                ExpressionNode.RegexMatch _ -> "it is more than globals and numbers";
                    };
            if (problem != null) {
                diagnostics.report(
                        BAD_CONDITION,
                        part.span(),
                        "the condition of a probe point may only read globals: " + problem,
                        "not allowed here",
                        "test it in the handler: if (!(...)) next");
            }
        });
    }

    private void nothingToRun(Script script) {
        var text = script.span().source();
        int end = Math.min(text.text().length(), 1);
        var first = symbols.probes().isEmpty()
                ? new Span(text, 0, end)
                : symbols.probes().getFirst().declaration().points().getFirst().span();
        diagnostics.report(
                NO_PROBES,
                first,
                symbols.probes().isEmpty() ? "the script has no probes" : "none of the optional probe points exists",
                "nothing to run",
                "add a probe: probe begin { println(\"hello\") }");
    }
}
