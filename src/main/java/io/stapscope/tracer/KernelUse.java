package io.stapscope.tracer;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.HashSet;
import java.util.Set;

/**
 * How kernel handlers use the globals of a plan; functions count as kernel code.
 *
 * @param additive ids of the scalar numbers they change only by adding
 * @param read ids of the globals whose values they look at
 */
record KernelUse(Set<Integer> additive, Set<Integer> read) {
    KernelUse {
        additive = Set.copyOf(additive);
        read = Set.copyOf(read);
    }

    static KernelUse of(Plan plan) {
        var additive = new HashSet<Integer>();
        var read = new HashSet<Integer>();
        for (var global : plan.globals()) {
            if (!global.isArray() && global.value() == Type.LONG && global.place() == Global.Place.KERNEL) {
                additive.add(global.id());
            }
        }
        for (var handler : plan.handlers()) {
            if (handler.place() == Handler.Place.KERNEL) {
                look(handler.body(), additive, read);
            }
            handler.entries().forEach(entry -> IrWalk.expressions(entry, value -> look(value, read)));
        }
        for (var function : plan.functions()) {
            look(function.body(), additive, read);
        }
        return new KernelUse(additive, read);
    }

    private static void look(Statement body, Set<Integer> additive, Set<Integer> read) {
        IrWalk.statements(body, statement -> {
            if (statement instanceof Statement.SetGlobal set) {
                additive.remove(set.global().id());
            } else if (statement instanceof Statement.DeleteGlobal delete) {
                additive.remove(delete.global().id());
            } else if (statement instanceof Statement.AddGlobal add && add.result() != null) {
                read.add(add.global().id());
            }
        });
        IrWalk.expressions(body, value -> look(value, read));
    }

    private static void look(Expression value, Set<Integer> read) {
        if (value instanceof Expression.ReadGlobal one) {
            read.add(one.global().id());
        } else if (value instanceof Expression.Contains one) {
            read.add(one.global().id());
        }
    }
}
