package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.IrRewriter;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.source.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the locals of a handler hold at one place of it, as far as that follows from the hit alone: each is given as an
 * expression that the kernel can compute at the hit.
 */
final class HitValues {
    /** Larger ones would make the kernel's part too long. */
    private static final int MOST_NODES = 150;

    private final Map<Integer, Expression> known;

    private HitValues(Map<Integer, Expression> known) {
        this.known = known;
    }

    /** @param locals all of a handler; they start as 0 and "" */
    static HitValues atStart(Iterable<Local> locals, Span span) {
        var known = new HashMap<Integer, Expression>();
        for (var local : locals) {
            known.put(local.index(), Inlining.zero(span, local.type()));
        }
        return new HitValues(known);
    }

    HitValues copy() {
        return new HitValues(new HashMap<>(known));
    }

    void set(Local local, Expression value) {
        var hit = of(value);
        if (hit == null) {
            known.remove(local.index());
        } else {
            known.put(local.index(), hit);
        }
    }

    void forget(Set<Integer> locals) {
        known.keySet().removeAll(locals);
    }

    /** An expression in terms of the hit; null when it needs more than the hit. */
    @Nullable
    Expression of(Expression value) {
        var missing = new boolean[1];
        var whole = new IrRewriter() {
            @Override
            protected Expression finish(Expression expression) {
                if (expression instanceof Expression.ReadLocal(var _, var local)) {
                    var hit = known.get(local.index());
                    missing[0] |= hit == null;
                    return hit == null ? expression : hit;
                }
                return expression;
            }
        }.rewrite(value);
        return missing[0] || !KernelSubset.isOfTheHit(whole) || nodes(whole) > MOST_NODES ? null : whole;
    }

    private static int nodes(Expression value) {
        var count = new int[1];
        IrWalk.expressions(value, _ -> count[0]++);
        return count[0];
    }

    /**
     * What holds after an if.
     *
     * @param condition in terms of the hit; null when it is not
     */
    static HitValues after(@Nullable Expression condition, HitValues then, HitValues otherwise) {
        var merged = new HashMap<Integer, Expression>();
        then.known.forEach((local, one) -> {
            var other = otherwise.known.get(local);
            if (other == null) {
                return;
            }
            if (one.equals(other)) {
                merged.put(local, one);
            } else if (condition != null && nodes(one) + nodes(other) + nodes(condition) < MOST_NODES) {
                merged.put(local, new Expression.Conditional(one.span(), condition, one, other));
            }
        });
        return new HitValues(merged);
    }
}
