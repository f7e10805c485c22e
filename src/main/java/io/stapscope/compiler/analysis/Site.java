package io.stapscope.compiler.analysis;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import org.jspecify.annotations.Nullable;

/** Where an expression stands: the body whose names it sees, and what the probe point offers there. */
public record Site(CTypes types, Scope scope, PointContext context) {
    /** Whether there is what {@code @defined(...)} asks for. */
    public boolean isDefined(ExpressionNode operand) {
        return switch (operand) {
            case ExpressionNode.TargetVariable e -> context.variable(e.name()) != null;
            case ExpressionNode.Access e -> isDefined(e.base()) && problem(e) == null;
            case ExpressionNode.AddressOf e -> isDefined(e.operand()) && problem(e) == null;
            case ExpressionNode.Cast e -> types.type(e, context).isPresent();
            case ExpressionNode.Entry e ->
                context.entry() instanceof PointContext before && new Site(types, scope, before).isDefined(e.operand());
            case ExpressionNode.AtOperation e -> types.isConstant(e, context);
            case ExpressionNode.GlobalVariable e -> types.global(e, context) != null;
            case ExpressionNode _ -> true;
        };
    }

    /** The outcome of a condition that asks only what is defined; null for any other. */
    public @Nullable Boolean decide(ExpressionNode condition) {
        return Definedness.decide(condition, operand -> (Boolean) isDefined(operand));
    }

    /** The way that an access takes through memory. @throws IllegalStateException when the check let a wrong one pass */
    public MemoryPath path(ExpressionNode.Access access) {
        return require(types.path(access, scope, context));
    }

    public MemoryPath path(ExpressionNode.AddressOf node) {
        return require(types.path(node, scope, context));
    }

    private static MemoryPath require(MemoryPaths.Outcome outcome) {
        return switch (outcome) {
            case MemoryPaths.Outcome.Found(var path) -> path;
            case MemoryPaths.Outcome.Failed(var reason) -> throw new IllegalStateException(reason.message());
        };
    }

    /** What is wrong with an access, null when nothing is. */
    @Nullable
    Diagnostic problem(ExpressionNode.Access access) {
        return types.path(access, scope, context) instanceof MemoryPaths.Outcome.Failed(var reason) ? reason : null;
    }

    /** What is wrong with the address of something, null when nothing is. */
    @Nullable
    Diagnostic problem(ExpressionNode.AddressOf node) {
        return types.path(node, scope, context) instanceof MemoryPaths.Outcome.Failed(var reason) ? reason : null;
    }
}
