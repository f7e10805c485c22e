package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.ir.ProbePoint;
import java.util.List;

/** What became of a written probe point. */
public sealed interface Resolution {
    /** @param context what the point offers to the body of its probes */
    record Found(ProbePoint point, PointContext context) implements Resolution {}

    /**
     * A pattern that several points match.
     *
     * @param remarks warnings of what was left out
     */
    record Several(List<Found> found, List<Diagnostic> remarks) implements Resolution {
        public Several {
            found = List.copyOf(found);
            remarks = List.copyOf(remarks);
        }

        public Several(List<Found> found) {
            this(found, List.of());
        }
    }

    /** There is no such point on this host; a {@code ?} or {@code !} makes that acceptable. */
    record Missing(Diagnostic reason) implements Resolution {}

    /** The point is written wrongly. */
    record Wrong(Diagnostic reason) implements Resolution {}
}
