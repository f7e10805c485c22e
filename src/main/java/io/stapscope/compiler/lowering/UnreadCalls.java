package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.Statement;

/** Removes calls that nobody reads the result of, when the function does nothing else: aliases offer more than is read. */
final class UnreadCalls {
    private static final int DEEPEST = 8;

    private UnreadCalls() {}

    static Plan run(Plan plan) {
        return new PlanRewriter() {
            @Override
            OwnerRewriter rewriter(Owner owner) {
                return new OwnerRewriter() {
                    @Override
                    protected Statement finish(Statement statement) {
                        return statement instanceof Statement.Call call
                                        && call.result() == null
                                        && onlyComputes(call.function(), 0)
                                ? nothing(call)
                                : statement;
                    }
                };
            }
        }.run(plan);
    }

    /** Loops may run into their limit, which is an effect. */
    private static boolean onlyComputes(Function function, int depth) {
        var pure = new boolean[] {depth < DEEPEST};
        IrWalk.statements(
                function.body(),
                statement -> pure[0] &= switch (statement) {
                    case Statement.Block _, Statement.SetLocal _, Statement.If _, Statement.Return _ -> true;
                    case Statement.Call call -> onlyComputes(call.function(), depth + 1);
                    case Statement _ -> false;
                });
        return pure[0];
    }
}
