package io.stapscope.codegen;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrRewriter;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a condition without which a handler that runs after the hit does nothing, so that the kernel need not send the
 * hit.
 *
 * <pre>
 * name = ...; if (pid() == target()) { ... }  ->  pid() == target()
 * </pre>
 */
final class DeferredGuard {
    private DeferredGuard() {}

    /** The condition in terms of the hit; empty when there is none that the kernel can decide by numbers. */
    static Optional<Expression> of(Handler handler) {
        return of(handler, handler.body(), new HashMap<>());
    }

    /** @param set what locals hold so far */
    private static Optional<Expression> of(Handler handler, Statement.Block body, Map<Local, Expression> set) {
        for (var statement : body.statements()) {
            switch (statement) {
                case Statement.SetLocal preset
                when cannotFail(preset.value()) -> set.put(preset.local(), atTheHit(preset.value(), handler, set));
                case Statement.Block block
                when body.statements().getLast() == block -> {
                    return of(handler, block, set);
                }
                case Statement.If choice
                when body.statements().getLast() == choice
                        && choice.otherwise().statements().isEmpty() -> {
                    return Optional.of(atTheHit(choice.condition(), handler, set))
                            .filter(DeferredGuard::isDecided);
                }
                case Statement _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** What sets a ready-made local; a value that could fail would be missed as an error. */
    private static boolean cannotFail(Expression value) {
        boolean own =
                switch (value) {
                    case Expression.LongLiteral _,
                            Expression.StringLiteral _,
                            Expression.Capture _,
                            Expression.TableText _ -> true;
                    case Expression.Builtin call -> call.function().isOnlyInUserSpace();
                    case Expression.Binary binary ->
                        binary.operator() != BinaryOperator.DIVIDE && binary.operator() != BinaryOperator.MODULO;
                    case Expression _ -> false;
                };
        return own && IrWalk.operands(value).stream().allMatch(DeferredGuard::cannotFail);
    }

    private static Expression atTheHit(Expression value, Handler handler, Map<Local, Expression> set) {
        return new IrRewriter() {
            @Override
            protected Expression finish(Expression expression) {
                return switch (expression) {
                    case Expression.Capture capture -> handler.captures().get(capture.slot());
                    case Expression.ReadLocal read -> set.getOrDefault(read.local(), read);
                    case Expression other -> other;
                };
            }
        }.rewrite(value);
    }

    private static boolean isDecided(Expression value) {
        boolean own =
                switch (value) {
                    case Expression.LongLiteral _, Expression.Argument _, Expression.Unary _ -> true;
                    case Expression.Context context -> context.value() != ContextValue.TIME_NANOS;
                    case Expression.And _, Expression.Or _ -> true;
                    case Expression.Binary binary ->
                        binary.operator() != BinaryOperator.DIVIDE && binary.operator() != BinaryOperator.MODULO;
                    case Expression.Compare compare -> compare.left().type() == Type.LONG;
                    case Expression _ -> false;
                };
        return own
                && value.type() == Type.LONG
                && IrWalk.operands(value).stream().allMatch(DeferredGuard::isDecided);
    }
}
