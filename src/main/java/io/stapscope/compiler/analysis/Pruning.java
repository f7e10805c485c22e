package io.stapscope.compiler.analysis;

import io.stapscope.compiler.elaboration.Composition;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.syntax.tree.AtOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.syntax.tree.TreeRewriter;
import java.util.HashSet;
import java.util.Set;

/**
 * Takes out of a body what cannot run where it stands: the arms that {@code @defined} does not take are never looked at.
 * Answers {@code @probewrite} on the way.
 */
final class Pruning extends TreeRewriter {
    private final PointContext context;
    private final Set<String> written;

    private Pruning(PointContext context, Set<String> written) {
        this.context = context;
        this.written = written;
    }

    static StatementNode.Block run(Composition composition, PointContext context) {
        var body = EntrySnapshots.run(composition.body(), context);
        var asks = new boolean[1];
        TreeWalk.expressions(body, part -> asks[0] |= part instanceof ExpressionNode.Defined || isProbeWrite(part));
        return asks[0] ? new Pruning(context, written(composition.probe().body())).block(body) : body;
    }

    private static boolean isProbeWrite(ExpressionNode node) {
        return node instanceof ExpressionNode.AtOperation at && at.operator() == AtOperator.PROBEWRITE;
    }

    /** The variables without an index that a handler writes. */
    private static Set<String> written(StatementNode handler) {
        var names = new HashSet<String>();
        TreeWalk.statements(handler, statement -> {
            if (statement instanceof StatementNode.Foreach loop) {
                loop.keys().forEach(key -> names.add(key.text()));
                if (loop.value() != null) {
                    names.add(loop.value().text());
                }
            }
        });
        TreeWalk.expressions(handler, part -> {
            var target =
                    switch (part) {
                        case ExpressionNode.Assign e -> e.target();
                        case ExpressionNode.Step e -> e.target();
                        case ExpressionNode _ -> null;
                    };
            if (target instanceof ExpressionNode.Variable variable) {
                names.add(variable.name());
            } else if (target instanceof ExpressionNode.TargetVariable variable) {
                names.add(variable.name());
            }
        });
        return names;
    }

    @Override
    protected StatementNode statement(StatementNode node) {
        if (node instanceof StatementNode.If branch
                && Definedness.decide(branch.condition(), context) instanceof Boolean taken) {
            if (taken) {
                return statement(branch.then());
            }
            return branch.otherwise() == null ? new StatementNode.Empty(node.span()) : statement(branch.otherwise());
        }
        return super.statement(node);
    }

    @Override
    protected ExpressionNode expression(ExpressionNode node) {
        if (node instanceof ExpressionNode.Conditional choice
                && Definedness.decide(choice.condition(), context) instanceof Boolean taken) {
            return expression(taken ? choice.then() : choice.otherwise());
        }
        if (node instanceof ExpressionNode.Entry entry && context.entry() != null) {
            // What stands in @entry sees the variables of the entry.
            return new ExpressionNode.Entry(
                    entry.span(), new Pruning(context.entry(), written).expression(entry.operand()));
        }
        if (node instanceof ExpressionNode.AtOperation at && isProbeWrite(at)) {
            var asked =
                    switch (at.arguments().getFirst()) {
                        case ExpressionNode.Variable e -> e.name();
                        case ExpressionNode.TargetVariable e -> e.name();
                        case ExpressionNode _ -> null;
                    };
            if (asked != null) {
                return new ExpressionNode.NumberLiteral(at.span(), written.contains(asked) ? 1 : 0);
            }
        }
        return super.expression(node);
    }
}
