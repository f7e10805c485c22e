package io.stapscope.compiler.analysis;

import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.syntax.tree.TreeRewriter;

/**
 * A parameter that a body names where its function returns means the value that it had at the entry: {@code $n} becomes
 * {@code @entry($n)}.
 */
final class EntrySnapshots extends TreeRewriter {
    private final PointContext here;
    private final PointContext entry;

    private EntrySnapshots(PointContext here, PointContext entry) {
        this.here = here;
        this.entry = entry;
    }

    static StatementNode.Block run(StatementNode.Block body, PointContext context) {
        return context.keepsEntry() && context.entry() instanceof PointContext entry
                ? new EntrySnapshots(context, entry).block(body)
                : body;
    }

    @Override
    protected ExpressionNode expression(ExpressionNode node) {
        return switch (node) {
            case ExpressionNode.Entry e -> e;
            case ExpressionNode.TargetVariable e when isOfEntry(e) -> new ExpressionNode.Entry(e.span(), e);
            case ExpressionNode.Access e when isOfEntry(e.base()) -> new ExpressionNode.Entry(e.span(), e);
            case ExpressionNode.AddressOf e when isOfEntry(e.operand()) -> new ExpressionNode.Entry(e.span(), e);
            // What is written is refused elsewhere.
            case ExpressionNode.Assign e
            when isOfEntry(e.target()) ->
                new ExpressionNode.Assign(e.span(), e.operator(), e.target(), expression(e.value()));
            case ExpressionNode.Step e when isOfEntry(e.target()) -> e;
            case ExpressionNode e -> super.expression(e);
        };
    }

    private boolean isOfEntry(ExpressionNode node) {
        return switch (node) {
            case ExpressionNode.TargetVariable e ->
                // There are no locals at an entry yet.
                !e.name().equals("$$locals") && here.variable(e.name()) == null && entry.variable(e.name()) != null;
            case ExpressionNode.Access e -> isOfEntry(e.base());
            case ExpressionNode _ -> false;
        };
    }
}
