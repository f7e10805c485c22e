package io.stapscope.compiler.analysis;

import io.stapscope.compiler.elaboration.Composition;
import io.stapscope.compiler.probe.ContextVariable;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.program.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a point offers to one body, the names that the body does not mention left out: points with equal offers share an
 * analysis, though one is a read and the other a write.
 */
record Offer(
        List<@Nullable ContextVariable> variables,
        boolean userMemory,
        @Nullable Program program,
        @Nullable ContextVariable guard,
        @Nullable Offer atEntry) {
    /** Without how the variables are read: tables of all calls are slow to hash. */
    @Override
    public int hashCode() {
        int hash = atEntry == null ? 1 : atEntry.hashCode();
        for (var variable : variables) {
            hash = 31 * hash
                    + (variable == null
                            ? 0
                            : variable.name().hashCode()
                                    ^ variable.documentation().hashCode());
        }
        return hash;
    }

    /** The names in a body that a point may give a meaning. */
    static Set<String> mentioned(Composition composition) {
        var names = new LinkedHashSet<String>();
        TreeWalk.expressions(composition.body(), part -> {
            switch (part) {
                case ExpressionNode.Variable e -> names.add(e.name());
                case ExpressionNode.TargetVariable e -> names.add(e.name());
                case ExpressionNode _ -> {}
            }
        });
        return names;
    }

    static Offer of(PointContext context, Set<String> mentioned) {
        var found = new ArrayList<@Nullable ContextVariable>();
        for (var name : mentioned) {
            found.add(name.startsWith("$") ? context.variable(name) : context.local(name));
        }
        var entry = context.entry();
        return new Offer(
                found,
                context.hasUserMemory(),
                context.program(),
                context.guard(),
                entry == null ? null : of(entry, mentioned));
    }
}
