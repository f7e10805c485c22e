package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.MODIFIED_IN_FOREACH;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NEXT_OUTSIDE_PROBE;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds next to probes, and arrays still while a foreach goes through them. */
public final class ControlFlowCheck {
    private final Symbols symbols;
    private final Diagnostics diagnostics;
    private final Map<FunctionSymbol, Set<GlobalSymbol>> writes = new HashMap<>();

    private ControlFlowCheck(Symbols symbols, Diagnostics diagnostics) {
        this.symbols = symbols;
        this.diagnostics = diagnostics;
    }

    public static void run(Symbols symbols, Diagnostics diagnostics) {
        var pass = new ControlFlowCheck(symbols, diagnostics);
        pass.collectWrites();
        for (var body : symbols.bodies()) {
            pass.new BodyCheck(body.scope(), body.function()).visit(body.block());
        }
    }

    /** What each function writes, itself or by the functions it calls. */
    private void collectWrites() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var function : symbols.functions()) {
                var found = writes.computeIfAbsent(function, _ -> new LinkedHashSet<>());
                int before = found.size();
                TreeWalk.statements(function.declaration().body(), statement -> {
                    if (statement instanceof StatementNode.Delete delete) {
                        add(found, symbols.global(function.scope(), delete.name()));
                    }
                    for (var operand : TreeWalk.operands(statement)) {
                        TreeWalk.expressions(operand, part -> found.addAll(written(part, function.scope())));
                    }
                });
                changed |= found.size() != before;
            }
        }
    }

    private static void add(Set<GlobalSymbol> all, @Nullable GlobalSymbol global) {
        if (global != null) {
            all.add(global);
        }
    }

    /** The globals that evaluating this very node writes. */
    private Set<GlobalSymbol> written(ExpressionNode node, Scope scope) {
        var found = new LinkedHashSet<GlobalSymbol>();
        switch (node) {
            case ExpressionNode.Assign e -> add(found, target(e.target(), scope));
            case ExpressionNode.Step e -> add(found, target(e.target(), scope));
            case ExpressionNode.Call e -> {
                for (var function = symbols.function(e); function != null; function = function.next()) {
                    found.addAll(writes.getOrDefault(function, Set.of()));
                }
            }
            case ExpressionNode _ -> {}
        }
        return found;
    }

    private @Nullable GlobalSymbol target(ExpressionNode target, Scope scope) {
        return switch (target) {
            case ExpressionNode.Variable e -> symbols.global(scope, e.word());
            case ExpressionNode.Element e -> symbols.global(scope, e.array());
            case ExpressionNode _ -> null;
        };
    }

    private final class BodyCheck {
        private final Scope scope;
        private final @Nullable FunctionSymbol function;
        private final Deque<GlobalSymbol> visited = new ArrayDeque<>();

        BodyCheck(Scope scope, @Nullable FunctionSymbol function) {
            this.scope = scope;
            this.function = function;
        }

        void visit(StatementNode statement) {
            for (var operand : TreeWalk.operands(statement)) {
                TreeWalk.expressions(operand, this::modifies);
            }
            switch (statement) {
                case StatementNode.Next s -> {
                    if (function != null && !function.isOverloaded()) {
                        diagnostics.report(
                                NEXT_OUTSIDE_PROBE,
                                s.span(),
                                "only a handler, or one of several functions of the same name and number of parameters, can be left with next",
                                "in a function",
                                "use `return` to leave the function");
                    }
                }
                case StatementNode.Delete s -> modified(symbols.global(scope, s.name()), s.span());
                case StatementNode _ -> {}
            }
            parts(statement);
        }

        private void parts(StatementNode statement) {
            GlobalSymbol array = statement instanceof StatementNode.Foreach s
                            && s.source() instanceof StatementNode.ForeachSource.Array(var name)
                    ? symbols.global(scope, name)
                    : null;
            if (array != null) {
                visited.push(array);
            }
            TreeWalk.parts(statement).forEach(this::visit);
            if (array != null) {
                visited.pop();
            }
        }

        private void modifies(ExpressionNode expression) {
            for (var global : written(expression, scope)) {
                modified(global, expression.span());
            }
        }

        private void modified(@Nullable GlobalSymbol global, Span span) {
            if (global != null && visited.contains(global)) {
                diagnostics.report(
                        MODIFIED_IN_FOREACH,
                        span,
                        "`" + global.name() + "` is changed while a foreach goes through it",
                        "changes `" + global.name() + "`",
                        "collect the changes in another array and make them after the loop");
            }
        }
    }
}
