package io.stapscope.codegen;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.host.Host;

/** The most bytes, with NUL, that a string expression can give. */
final class StringWidths {
    private final Limits limits;
    private final Host host;

    StringWidths(Limits limits, Host host) {
        this.limits = limits;
        this.host = host;
    }

    int of(Expression expression, Handler handler) {
        if (expression instanceof Expression.Stack) {
            return Stacks.WIDTH;
        }
        if (expression instanceof Expression.Snapshot) {
            return CallSnapshot.width(handler, host);
        }
        return Math.min(limits.maxStringLength(), unlimited(expression, handler));
    }

    private int unlimited(Expression expression, Handler handler) {
        return switch (expression) {
            case Expression.StringLiteral literal -> literal.value().length() + 1;
            case Expression.ReadLocal read -> read.local().width();
            case Expression.ReadGlobal read -> read.global().valueWidth();
            case Expression.Context context -> context.value().width();
            case Expression.Conditional conditional ->
                Math.max(of(conditional.then(), handler), of(conditional.otherwise(), handler));
            case Expression.Concatenate concatenate ->
                of(concatenate.left(), handler) + of(concatenate.right(), handler) - 1;
            case Expression.Entry entry -> of(handler.entries().get(entry.slot()), handler);
            case Expression.Capture capture -> of(handler.captures().get(capture.slot()), handler);
            case Expression.Builtin builtin -> builtin(builtin, handler);
            case Expression.TableText lookup -> lookup.table().width();
            case Expression.LoadString load -> load.width(limits.maxStringLength());
            case Expression.Formatted formatted ->
                formatted.width(limits.maxStringLength(), value -> of(value, handler));
            default -> throw new IllegalArgumentException("no string: " + expression);
        };
    }

    private int builtin(Expression.Builtin builtin, Handler handler) {
        return switch (builtin.function()) {
            case SUBSTR -> {
                int whole = of(builtin.arguments().getFirst(), handler);
                yield builtin.arguments().get(2) instanceof Expression.LongLiteral literal
                                && literal.value() >= 0
                                && literal.value() < whole
                        ? (int) literal.value() + 1
                        : whole;
            }
            case USER_STRING, USER_STRING_OR -> limits.maxStringLength();
            case SYSCALL_ARGUMENTS, SYSCALL_VARIABLE, SYSCALL_RESULT, STRLEN, IN_TARGET_SET, TASK_OF, USER_REGISTER ->
                throw new IllegalArgumentException("no string: " + builtin.function());
        };
    }
}
