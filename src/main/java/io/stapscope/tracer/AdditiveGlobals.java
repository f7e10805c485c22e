package io.stapscope.tracer;

import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.HashSet;
import java.util.Set;

/** Finds the numbers that kernel handlers change only by adding to them. */
final class AdditiveGlobals {
    private AdditiveGlobals() {}

    /** Ids of scalars; functions count as kernel code. */
    static Set<Integer> of(Plan plan) {
        var found = new HashSet<Integer>();
        for (var global : plan.globals()) {
            if (!global.isArray() && global.value() == Type.LONG && global.place() == Global.Place.KERNEL) {
                found.add(global.id());
            }
        }
        for (var handler : plan.handlers()) {
            if (handler.place() == Handler.Place.KERNEL) {
                removeAssigned(handler.body(), found);
            }
        }
        for (var function : plan.functions()) {
            removeAssigned(function.body(), found);
        }
        return found;
    }

    private static void removeAssigned(Statement body, Set<Integer> from) {
        IrWalk.statements(body, statement -> {
            if (statement instanceof Statement.SetGlobal set) {
                from.remove(set.global().id());
            } else if (statement instanceof Statement.DeleteGlobal delete) {
                from.remove(delete.global().id());
            }
        });
    }
}
