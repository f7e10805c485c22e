package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.EMPTY_HANDLER;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNUSED_FUNCTION;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNUSED_GLOBAL;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNUSED_VALUE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNUSED_VARIABLE;

import io.stapscope.compiler.builtin.Builtin;
import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.HashSet;
import java.util.Set;

/** Warns of what has no consequence. */
public final class UnusedCheck {
    private final Symbols symbols;
    private final Diagnostics diagnostics;

    private UnusedCheck(Symbols symbols, Diagnostics diagnostics) {
        this.symbols = symbols;
        this.diagnostics = diagnostics;
    }

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        var pass = new UnusedCheck(symbols, diagnostics);
        pass.globals();
        pass.functions();
        pass.locals();
        for (var probe : symbols.probes()) {
            var block = probe.body();
            boolean runs = probe.points().stream().anyMatch(each -> !(each.point() instanceof ProbePoint.Never));
            if (runs && pass.isEmpty(block)) {
                diagnostics.report(
                        EMPTY_HANDLER,
                        block.span(),
                        "this probe does nothing",
                        "no effect",
                        "it is attached all the same");
            }
        }
    }

    private void globals() {
        var mentioned = new HashSet<String>();
        for (var probe : symbols.dropped()) {
            TreeWalk.expressions(probe.body(), part -> {
                if (part instanceof ExpressionNode.Variable e) {
                    mentioned.add(e.name());
                } else if (part instanceof ExpressionNode.Element e) {
                    mentioned.add(e.array().text());
                }
            });
        }
        for (var global : symbols.globals()) {
            if (!global.isUsed() && !mentioned.contains(global.name())) {
                diagnostics.report(
                        UNUSED_GLOBAL,
                        global.span(),
                        "the global `" + global.name() + "` is never used",
                        "unused",
                        "remove it");
            }
        }
    }

    private void functions() {
        var called = new HashSet<FunctionSymbol>();
        for (var probe : symbols.probes()) {
            collect(probe.body(), called);
        }
        symbols.dropped().forEach(probe -> collect(probe.body(), called));
        for (var function : symbols.functions()) {
            if (!called.contains(function)
                    && !symbols.isLibrary(function.declaration().span().source())) {
                diagnostics.report(
                        UNUSED_FUNCTION,
                        function.declaration().name().span(),
                        "the function `" + function.name() + "` is never called",
                        "unused",
                        "remove it");
            }
        }
    }

    private void collect(StatementNode block, Set<FunctionSymbol> called) {
        TreeWalk.expressions(block, part -> {
            if (part instanceof ExpressionNode.Call call) {
                var function = symbols.function(call);
                while (function != null && called.add(function)) {
                    collect(function.declaration().body(), called);
                    function = function.next();
                }
            }
        });
    }

    private void locals() {
        for (var body : symbols.bodies()) {
            for (var local : body.scope().locals()) {
                if (!local.isParameter()
                        && isOwn(local.span(), body)
                        && local.isWritten()
                        && !local.isRead()
                        && local.preset() == null) {
                    diagnostics.report(
                            UNUSED_VARIABLE,
                            local.span(),
                            "`" + local.name() + "` is set and never read",
                            "never read",
                            "the value is not even computed; remove it, or print it");
                }
            }
            TreeWalk.statements(body.block(), statement -> {
                if (statement instanceof StatementNode.Evaluate(var span, var expression)
                        && isPure(expression)
                        && !symbols.isLibrary(span.source())) {
                    diagnostics.report(
                            UNUSED_VALUE,
                            span,
                            "this value is computed and dropped",
                            "no effect",
                            "print it, or remove it");
                }
            });
        }
    }

    /** Not in the library, nor in an alias: what an alias sets is for whoever wants it. */
    private boolean isOwn(Span span, Symbols.Body body) {
        if (symbols.isLibrary(span.source())) {
            return false;
        }
        var whole = body.probe() == null ? null : body.probe().declaration().span();
        return whole == null || whole.start() <= span.start() && span.end() <= whole.end();
    }

    private boolean isEmpty(StatementNode statement) {
        return switch (statement) {
            case StatementNode.Block s -> s.statements().stream().allMatch(this::isEmpty);
            case StatementNode.Empty _ -> true;
            case StatementNode.Next _ -> true;
            case StatementNode.Evaluate s -> isPure(s.expression());
            case StatementNode.If _,
                    StatementNode.While _,
                    StatementNode.For _,
                    StatementNode.Foreach _,
                    StatementNode.Break _,
                    StatementNode.Continue _,
                    StatementNode.Return _,
                    StatementNode.Delete _,
                    StatementNode.Try _ -> false;
        };
    }

    private boolean isPure(ExpressionNode expression) {
        boolean pure =
                switch (expression) {
                    case ExpressionNode.Assign _, ExpressionNode.Step _ -> false;
                    case ExpressionNode.Print e -> e.function().isString();
                    case ExpressionNode.Call e ->
                        Builtins.find(e.function().text(), e.arguments().size()) instanceof Builtin.Value;
                    case ExpressionNode _ -> true;
                };
        return pure && TreeWalk.operands(expression).stream().allMatch(this::isPure);
    }
}
