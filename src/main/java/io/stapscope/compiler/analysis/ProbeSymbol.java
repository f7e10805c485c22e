package io.stapscope.compiler.analysis;

import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A probe of the script with the points it resolved to. */
public final class ProbeSymbol {
    private final DeclarationNode.Probe declaration;
    private final Scope scope = new Scope();
    private final List<ResolvedPoint> points = new ArrayList<>();

    /**
     * @param span where it is written
     * @param condition what must hold for the handler to run; null for always
     */
    public record ResolvedPoint(
            ProbePoint point, Span span, @Nullable ExpressionNode condition) {}

    ProbeSymbol(DeclarationNode.Probe declaration) {
        this.declaration = declaration;
    }

    public DeclarationNode.Probe declaration() {
        return declaration;
    }

    /** What it does: the handler with the bodies of the aliases around it. */
    public StatementNode.Block body() {
        return declaration.body();
    }

    public Scope scope() {
        return scope;
    }

    public List<ResolvedPoint> points() {
        return points;
    }

    /** The conditions as they are written, each once. */
    List<ExpressionNode> conditions() {
        var conditions = new ArrayList<ExpressionNode>();
        for (var point : declaration.points()) {
            if (point.condition() != null) {
                conditions.add(point.condition());
            }
        }
        return conditions;
    }
}
