package io.stapscope.compiler.analysis;

import io.stapscope.compiler.syntax.tree.AssignOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.host.Host;

/**
 * Carries C types from where they are known, context variables and casts, to where numbers go: variables, parameters,
 * results of functions. Rounds over the whole script until nothing new is learnt.
 */
public final class CTypeInference {
    private final Symbols symbols;
    private final CTypes types;

    private CTypeInference(Symbols symbols, CTypes types) {
        this.symbols = symbols;
        this.types = types;
    }

    public static void run(Symbols symbols, Host host) {
        var types = new CTypes(symbols, host);
        symbols.setCTypes(types);
        var pass = new CTypeInference(symbols, types);
        do {
            for (var body : symbols.bodies()) {
                body.scope().locals().forEach(pass::preset);
                pass.visit(body, body.block());
            }
            // Facts only ever go from unknown to known to contradictory, so this ends.
        } while (pass.types.changedSince());
    }

    private void preset(LocalSymbol local) {
        var preset = local.preset();
        if (preset != null && preset.ctype() != null) {
            types.learn(local, new Typed(preset.ctype(), preset.space()));
        }
    }

    private void visit(Symbols.Body body, StatementNode statement) {
        if (statement instanceof StatementNode.Return(var _, var value) && value != null && body.function() != null) {
            types.learn(body.function(), types.of(value, body.scope(), body.context()));
        }
        for (var operand : TreeWalk.operands(statement)) {
            visit(body, operand);
        }
        for (var part : TreeWalk.parts(statement)) {
            visit(body, part);
        }
    }

    private void visit(Symbols.Body body, ExpressionNode node) {
        switch (node) {
            case ExpressionNode.Assign e when e.operator() == AssignOperator.SET -> assign(body, e);
            case ExpressionNode.Call e -> call(body, e);
            case ExpressionNode _ -> {}
        }
        for (var operand : TreeWalk.operands(node)) {
            visit(body, operand);
        }
    }

    private void assign(Symbols.Body body, ExpressionNode.Assign e) {
        var typed = types.of(e.value(), body.scope(), body.context());
        switch (e.target()) {
            case ExpressionNode.Variable target -> types.learn(symbols.variable(body.scope(), target.word()), typed);
            case ExpressionNode.Element target -> types.learn(symbols.global(body.scope(), target.array()), typed);
            case ExpressionNode _ -> {}
        }
    }

    private void call(Symbols.Body body, ExpressionNode.Call e) {
        var function = symbols.function(e);
        if (function == null) {
            return;
        }
        for (int i = 0; i < Math.min(e.arguments().size(), function.parameters().size()); i++) {
            types.learn(function.parameters().get(i), types.of(e.arguments().get(i), body.scope(), body.context()));
        }
    }
}
