package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.OPERATION_NOT_SUPPORTED;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;

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
            boolean globals = body.context().program() != null;
            TreeWalk.expressions(body.block(), each -> pass.expression(each, globals));
        }
    }

    private void statement(StatementNode statement) {
        switch (statement) {
            case StatementNode.Foreach s -> {
                if (s.source() instanceof StatementNode.ForeachSource.Buckets && s.sort() != null) {
                    refuse(s.sort().span(), "sorting the buckets of a histogram", "they come in their order");
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
                    StatementNode.Delete _,
                    StatementNode.Try _ -> {}
        }
    }

    /** @param globals whether those of a program can be named */
    private void expression(ExpressionNode expression, boolean globals) {
        switch (expression) {
            case ExpressionNode.GlobalVariable e -> {
                if (!globals) {
                    refuse(
                            e.span(),
                            "@var here",
                            "it is for points inside a program; read a variable of the kernel by its address:"
                                    + " @cast(address, \"struct name\", \"kernel\")->member");
                }
            }
            case ExpressionNode.AtOperation e -> {
                switch (e.operator()) {
                    case CONST, ENUM, ENUMNAME, KDEREF, UDEREF, UREGISTER -> {}
                    case ERRNO ->
                        refuse(e.span(), e.operator().symbol(), "look at $return of a system call, a negative errno");
                    case PERF ->
                        refuse(
                                e.span(),
                                e.operator().symbol(),
                                "count the samples of probe perf.type(0).config(0).sample(1000000)");
                    case PROBEWRITE ->
                        refuse(e.span(), e.operator().symbol() + " here", "use it in the body of an alias");
                    case KREGISTER ->
                        refuse(
                                e.span(),
                                e.operator().symbol(),
                                "take a parameter of the tracepoint, or @uregister(N) of the program");
                }
            }
            case ExpressionNode.Access _,
                    ExpressionNode.AddressOf _,
                    ExpressionNode.Cast _,
                    ExpressionNode.Extract _,
                    ExpressionNode.RegexMatch _,
                    ExpressionNode.Bucket _,
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
        diagnostics.report(OPERATION_NOT_SUPPORTED, span, what + " is not supported yet", "not supported", instead);
    }

    private static Span first(Span span, int length) {
        return new Span(span.source(), span.start(), Math.min(span.end(), span.start() + length));
    }
}
