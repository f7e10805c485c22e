package io.stapscope.compiler.analysis;

import io.stapscope.compiler.elaboration.Composition;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One body that runs at one or more points, all of which offer it the same. */
public final class ProbeSymbol {
    private final Composition composition;
    private final Scope scope = new Scope();
    private final List<ResolvedPoint> points = new ArrayList<>();
    private final PointContext context;
    private List<String> texts = List.of();
    private final StatementNode.Block body;

    /**
     * @param span where it is written
     * @param condition what must hold for the handler to run; null for always
     */
    public record ResolvedPoint(
            ProbePoint point, Span span, @Nullable ExpressionNode condition) {}

    /** @param context of all its points */
    ProbeSymbol(Composition composition, PointContext context) {
        this.composition = composition;
        this.context = context;
        this.body = Pruning.run(composition, context);
    }

    public PointContext context() {
        return context;
    }

    /** The probe as it is written; several symbols may come from one. */
    public DeclarationNode.Probe declaration() {
        return composition.probe();
    }

    Composition composition() {
        return composition;
    }

    /** What it does: the handler with the bodies of the aliases around it, without what cannot run at these points. */
    public StatementNode.Block body() {
        return body;
    }

    public Scope scope() {
        return scope;
    }

    public List<ResolvedPoint> points() {
        return points;
    }

    /** Puts fewer points in the place of all. */
    void merge(List<ResolvedPoint> fewer) {
        texts = texts();
        points.clear();
        points.addAll(fewer);
    }

    /** The texts of the points, each one by itself even where they were merged. */
    List<String> texts() {
        return texts.isEmpty()
                ? points.stream().map(each -> each.point().text()).toList()
                : texts;
    }

    /** The conditions, each once. */
    List<ExpressionNode> conditions() {
        var conditions = new ArrayList<ExpressionNode>();
        for (var point : points) {
            if (point.condition() != null && !conditions.contains(point.condition())) {
                conditions.add(point.condition());
            }
        }
        return conditions;
    }
}
