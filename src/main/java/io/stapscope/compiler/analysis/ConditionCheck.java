package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_CONDITION;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NO_PROBES;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Script;

/** Holds the conditions of probe points to reading globals, and a script to having something to run. */
public final class ConditionCheck {
    private final Symbols symbols;
    private final Diagnostics diagnostics;

    private ConditionCheck(Symbols symbols, Diagnostics diagnostics) {
        this.symbols = symbols;
        this.diagnostics = diagnostics;
    }

    public static void run(Script script, Symbols symbols, Diagnostics diagnostics) {
        var pass = new ConditionCheck(symbols, diagnostics);
        for (var probe : symbols.probes()) {
            probe.conditions().forEach(pass::check);
        }
        if (!diagnostics.hasErrors()
                && symbols.probes().stream().allMatch(probe -> probe.points().isEmpty())) {
            pass.nothingToRun(script);
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
        var first = script.declarations().stream()
                .filter(DeclarationNode.Probe.class::isInstance)
                .map(each -> ((DeclarationNode.Probe) each).points().getFirst().span())
                .findFirst();
        var text = script.span().source();
        diagnostics.report(
                NO_PROBES,
                first.orElseGet(() -> new Span(text, 0, Math.min(text.text().length(), 1))),
                first.isEmpty() ? "the script has no probes" : "none of the optional probe points exists",
                "nothing to run",
                "add a probe: probe begin { println(\"hello\") }");
    }
}
