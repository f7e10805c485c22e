package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.OPERATION_NOT_SUPPORTED;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.syntax.tree.StatisticOperator;

/** Refuses, by name and place, the parts of the language that are read but not built yet. */
public final class UnsupportedCheck {
    private final Diagnostics diagnostics;

    private UnsupportedCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        var pass = new UnsupportedCheck(diagnostics);
        for (var body : symbols.bodies()) {
            TreeWalk.statements(body.block(), pass::statement);
            TreeWalk.expressions(body.block(), pass::expression);
        }
    }

    private void statement(StatementNode statement) {
        switch (statement) {
            case StatementNode.Try s ->
                refuse(first(s.span(), 3), "try and catch", "test for the case before it fails, as in if (n != 0)");
            case StatementNode.Foreach s -> {
                if (s.source() instanceof StatementNode.ForeachSource.Buckets buckets) {
                    refuse(
                            buckets.span(),
                            "foreach over the buckets of a histogram",
                            "print the whole histogram: print(...)");
                }
                if (s.sort() != null && s.sort().operator() == StatisticOperator.VARIANCE) {
                    refuse(s.sort().span(), "sorting by @variance", "sort by @count, @sum, @min, @max or @avg");
                }
            }
            case StatementNode.Block _,
                    StatementNode.Empty _,
                    StatementNode.Evaluate _,
                    StatementNode.If _,
                    StatementNode.While _,
                    StatementNode.For _,
                    StatementNode.Break _,
                    StatementNode.Continue _,
                    StatementNode.Next _,
                    StatementNode.Return _,
                    StatementNode.Delete _ -> {}
        }
    }

    private void expression(ExpressionNode expression) {
        switch (expression) {
            case ExpressionNode.GlobalVariable e -> refuse(e.span(), "@var", "");
            case ExpressionNode.RegexMatch e ->
                refuse(e.span(), "matching by a regular expression", "compare with == or look at substr(text, 0, n)");
            case ExpressionNode.Bucket e ->
                refuse(e.span(), "reading one bucket of a histogram", "print the whole histogram: print(...)");
            case ExpressionNode.AtOperation e -> {
                switch (e.operator()) {
                    case CONST, ENUM, ENUMNAME, KDEREF, UDEREF -> {}
                    case ERRNO, PERF, PROBEWRITE, KREGISTER, UREGISTER ->
                        refuse(e.span(), e.operator().symbol(), "");
                }
            }
            case ExpressionNode.Extract e -> {
                if (e.operator() == StatisticOperator.VARIANCE) {
                    refuse(e.span(), "@variance", "use @hist_log to see how values spread");
                }
            }
            case ExpressionNode.Access _,
                    ExpressionNode.AddressOf _,
                    ExpressionNode.Cast _,
                    ExpressionNode.NumberLiteral _,
                    ExpressionNode.StringLiteral _,
                    ExpressionNode.Variable _,
                    ExpressionNode.Element _,
                    ExpressionNode.Call _,
                    ExpressionNode.Print _,
                    ExpressionNode.TargetVariable _,
                    ExpressionNode.Defined _,
                    ExpressionNode.Entry _,
                    ExpressionNode.Histogram _,
                    ExpressionNode.Unary _,
                    ExpressionNode.Step _,
                    ExpressionNode.Binary _,
                    ExpressionNode.Contains _,
                    ExpressionNode.Conditional _,
                    ExpressionNode.Assign _ -> {}
        }
    }

    private void refuse(Span span, String what, String instead) {
        var message = what + " is not supported yet";
        if (instead.isEmpty()) {
            diagnostics.report(OPERATION_NOT_SUPPORTED, span, message, "not supported", "leave it out for now");
        } else {
            diagnostics.report(OPERATION_NOT_SUPPORTED, span, message, "not supported", instead);
        }
    }

    private static Span first(Span span, int length) {
        return new Span(span.source(), span.start(), Math.min(span.end(), span.start() + length));
    }
}
