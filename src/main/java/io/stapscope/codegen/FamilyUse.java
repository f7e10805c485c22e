package io.stapscope.codegen;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import java.util.function.Consumer;

/** Whether anything in a plan asks if a process is of the target's family. */
final class FamilyUse {
    private FamilyUse() {}

    static boolean of(Plan plan) {
        var found = new boolean[1];
        Consumer<Expression> look = expression -> found[0] |=
                expression instanceof Expression.Context(var unused, var value) && value == ContextValue.TARGET_FAMILY;
        plan.functions().forEach(function -> IrWalk.expressions(function.body(), look));
        for (var handler : plan.handlers()) {
            IrWalk.expressions(handler.body(), look);
            handler.entries().forEach(entry -> IrWalk.expressions(entry, look));
            handler.captures().forEach(capture -> IrWalk.expressions(capture, look));
        }
        return found[0];
    }
}
