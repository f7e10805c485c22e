package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrRewriter;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each read of memory in a handler that runs after the hit what it reads in terms of the hit, and lets the
 * kernel read that:
 *
 * <pre>
 * t = task; p = kernel_u64(t + 16); foreach (...) print kernel_string(p + 32)
 *   ->  capture 0 = kernel_string(kernel_u64(task + 16) + 32); ... print @capture0
 * </pre>
 *
 * A read that stands behind a condition of the hit is made only where the condition holds: {@code if (p) print p->pid}.
 */
final class LateReads {
    private final UnaryOperator<Expression> capture;
    private final List<Expression> guards = new ArrayList<>();
    private final Reads reads = new Reads();
    private @Nullable HitValues values;

    /** @param capture makes a capture of an expression of the hit */
    private LateReads(UnaryOperator<Expression> capture) {
        this.capture = capture;
    }

    static Statement.Block run(Handler handler, UnaryOperator<Expression> capture) {
        var pass = new LateReads(capture);
        pass.values = HitValues.atStart(handler.locals(), handler.span());
        return pass.block(handler.body());
    }

    private Statement.Block block(Statement.Block block) {
        var out = new ArrayList<Statement>();
        for (var statement : block.statements()) {
            out.add(statement(statement));
        }
        return new Statement.Block(block.span(), out);
    }

    private Statement statement(Statement statement) {
        return switch (statement) {
            case Statement.Block s -> block(s);
            case Statement.If s -> branch(s);
            case Statement.Loop s -> {
                repeated(s);
                var body = block(s.body());
                var update = block(s.update());
                repeated(s);
                yield new Statement.Loop(s.span(), body, update);
            }
            case Statement.Foreach s -> foreach(s);
            case Statement.Try s -> attempt(s);
            case Statement.SetLocal s -> {
                var before = values;
                var rewritten = operands(s);
                if (before != null) {
                    before.set(s.local(), s.value());
                }
                yield rewritten;
            }
            case Statement.Next _, Statement.Return _, Statement.Break _, Statement.Continue _ -> {
                var rewritten = operands(statement);
                // Nothing comes after it here.
                values = null;
                yield rewritten;
            }
            case Statement.SetGlobal _,
                    Statement.AddGlobal _,
                    Statement.Feed _,
                    Statement.DeleteElement _,
                    Statement.DeleteGlobal _,
                    Statement.Call _,
                    Statement.CallById _,
                    Statement.Print _,
                    Statement.PrintHistogram _,
                    Statement.Warn _,
                    Statement.Raise _,
                    Statement.Match _,
                    Statement.Answer _,
                    Statement.Act _,
                    Statement.Exit _ -> {
                var rewritten = operands(statement);
                forget(written(statement));
                yield rewritten;
            }
        };
    }

    private Statement branch(Statement.If s) {
        var rewrittenCondition = read(s.condition());
        var start = values;
        var condition = start == null ? null : start.of(s.condition());
        values = start == null ? null : start.copy();
        var then = guarded(condition, () -> block(s.then()));
        var afterThen = values;
        values = start == null ? null : start.copy();
        var otherwise = guarded(not(condition), () -> block(s.otherwise()));
        var afterOtherwise = values;
        values = afterThen == null
                ? afterOtherwise
                : afterOtherwise == null ? afterThen : HitValues.after(condition, afterThen, afterOtherwise);
        return new Statement.If(s.span(), rewrittenCondition, then, otherwise);
    }

    private Statement foreach(Statement.Foreach s) {
        var head = operands(new Statement.Foreach(
                s.span(),
                s.global(),
                s.keys(),
                s.value(),
                s.slice(),
                s.sort(),
                s.limit(),
                new Statement.Block(s.body().span(), List.of())));
        repeated(s);
        var body = block(s.body());
        repeated(s);
        return head instanceof Statement.Foreach h
                ? new Statement.Foreach(h.span(), h.global(), h.keys(), h.value(), h.slice(), h.sort(), h.limit(), body)
                : head;
    }

    private Statement attempt(Statement.Try s) {
        var start = values;
        values = start == null ? null : start.copy();
        var body = block(s.body());
        values = start;
        repeated(s);
        var handler = block(s.handler());
        values = start;
        repeated(s);
        return new Statement.Try(s.span(), body, s.message(), handler);
    }

    /** What is written in something that runs any number of times, or in part, is not known there and after it. */
    private void repeated(Statement s) {
        if (values != null) {
            values = values.copy();
        }
        forget(written(s));
    }

    private void forget(Set<Integer> locals) {
        if (values != null) {
            values.forget(locals);
        }
    }

    private static Set<Integer> written(Statement root) {
        var found = new HashSet<Integer>();
        IrWalk.written(root, local -> found.add(local.index()));
        return found;
    }

    /** A statement without statements inside, its reads captured. */
    private Statement operands(Statement statement) {
        return reads.rewrite(statement);
    }

    private Expression read(Expression expression) {
        return reads.rewrite(expression);
    }

    private final class Reads extends IrRewriter {
        /** A read that follows from the hit, whole; or a choice whose arms are read only where they are taken. */
        @Override
        protected @Nullable Expression replace(Expression expression) {
            var now = values;
            if (now == null) {
                return expression;
            }
            var hit = KernelSubset.readsMemory(expression) ? now.of(expression) : null;
            if (hit != null) {
                return capture.apply(behindGuards(hit));
            }
            return switch (expression) {
                case Expression.Conditional e -> {
                    var condition = now.of(e.condition());
                    yield new Expression.Conditional(
                            e.span(),
                            read(e.condition()),
                            guarded(condition, () -> read(e.then())),
                            guarded(not(condition), () -> read(e.otherwise())));
                }
                case Expression.And e ->
                    new Expression.And(e.span(), read(e.left()), guarded(now.of(e.left()), () -> read(e.right())));
                case Expression.Or e ->
                    new Expression.Or(e.span(), read(e.left()), guarded(not(now.of(e.left())), () -> read(e.right())));
                case Expression _ -> null;
            };
        }
    }

    private static @Nullable Expression not(@Nullable Expression condition) {
        return condition == null
                ? null
                : new Expression.Unary(condition.span(), Expression.UnaryOperator.NOT, condition);
    }

    private Expression behindGuards(Expression hit) {
        var whole = hit;
        for (var guard : guards.reversed()) {
            whole = new Expression.Conditional(hit.span(), guard, whole, Inlining.zero(hit.span(), hit.type()));
        }
        return whole;
    }

    private <T> T guarded(@Nullable Expression condition, Supplier<T> action) {
        if (condition == null) {
            return action.get();
        }
        guards.add(condition);
        var result = action.get();
        guards.removeLast();
        return result;
    }
}
