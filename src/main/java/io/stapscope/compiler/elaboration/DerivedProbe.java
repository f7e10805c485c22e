package io.stapscope.compiler.elaboration;

import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.probe.LenientContext;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import org.jspecify.annotations.Nullable;

/**
 * A probe at one point.
 *
 * @param place where the script names the point, or the alias or wildcard that stands for it
 * @param composition the same object for all points with the same body
 * @param context what the point offers to the body
 * @param condition what must hold for the body to run, the conditions of all aliases on the way included; null for always
 */
public record DerivedProbe(
        Span place,
        Composition composition,
        ProbePoint point,
        PointContext context,
        @Nullable ExpressionNode condition) {
    /** The same, where variables that the point does not offer are 0. */
    public DerivedProbe lenient() {
        return new DerivedProbe(place, composition, point, new LenientContext(context), condition);
    }
}
