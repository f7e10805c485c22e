package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of probe point offers to the bodies of its probes. Points whose contexts are equal offer the same, so that
 * they share one analysis of their body: an implementation has value equality.
 */
public interface PointContext {
    /** The variables with a dollar sign, in the order in which they are listed. */
    List<ContextVariable> variables();

    /**
     * Locals that have a value when the body begins: {@code name} and {@code argstr} of a system call. They are ordinary
     * locals, and set only where the body reads them.
     */
    List<ContextVariable> locals();

    /** What the entry of a call offers to {@code @entry(...)} at its return; null when this is no return. */
    @Nullable
    PointContext entry();

    /** Whether the memory of a user process can be read at the hit. */
    boolean hasUserMemory();

    /** Whether the body may set a variable that has a dollar sign. */
    default boolean isWritable(String name) {
        return false;
    }

    /** Why there is no variable of a name, and what to do. */
    Diagnostic missing(String name, Span span);

    default @Nullable ContextVariable variable(String name) {
        return find(variables(), name);
    }

    default @Nullable ContextVariable local(String name) {
        return find(locals(), name);
    }

    private static @Nullable ContextVariable find(List<ContextVariable> all, String name) {
        for (var each : all) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
