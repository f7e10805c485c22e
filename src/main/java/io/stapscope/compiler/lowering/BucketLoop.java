package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;

/** {@code foreach (v = i in @hist_log(s) limit n)}: a loop that counts through the numbers of all buckets. */
final class BucketLoop {
    private static final long LOG_BUCKETS = 128;

    private final BodyLowering body;
    private final StatementNode.Foreach loop;
    private final ExpressionNode.Histogram histogram;
    private final Span span;

    BucketLoop(BodyLowering body, StatementNode.Foreach loop, ExpressionNode.Histogram histogram) {
        this.body = body;
        this.loop = loop;
        this.histogram = histogram;
        this.span = loop.span();
    }

    /** @param each lowers the body of the loop */
    void lower(Runnable each) {
        var statistic = body.expressions().statistic(histogram);
        var keys = new ArrayList<Expression>();
        body.expressions().keys(histogram).forEach(key -> keys.add(body.pin(key)));
        complainOfNothing(statistic, keys);
        var end = end(statistic);
        // Not a temporary: those are set once. It counts on its own, so that the body may change its loop variable.
        var counter = body.counter(loop.keys().getFirst().text());
        body.emit(new Statement.SetLocal(span, counter, number(0)));
        var at = new Expression.ReadLocal(span, counter);
        var copies = new ArrayList<Statement>();
        var key = body.statements().loopVariable(loop.keys().getFirst(), Type.LONG, copies);
        var value = loop.value() == null ? null : body.statements().loopVariable(loop.value(), Type.LONG, copies);
        var block = body.collect(loop.body().span(), () -> {
            leaveUnless(new Expression.Compare(span, Expression.Relation.LESS, at, end));
            body.emit(new Statement.SetLocal(span, key, at));
            if (value != null) {
                var bucket = new Expression.Bucket(histogram.span(), statistic, keys, histogram.linear() != null, at);
                body.emit(new Statement.SetLocal(span, value, bucket));
            }
            copies.forEach(body::emit);
            each.run();
        });
        body.emit(new Statement.Loop(span, block, next(counter, at)));
    }

    /** Reading any bucket of a histogram without values is an error, before the first turn. */
    private void complainOfNothing(Global statistic, List<Expression> keys) {
        var bucket = new Expression.Bucket(histogram.span(), statistic, keys, histogram.linear() != null, number(0));
        var impossible = new Expression.Compare(span, Expression.Relation.LESS, bucket, number(0));
        var nothing = new Statement.Block(span, List.of());
        body.emit(new Statement.If(span, impossible, nothing, nothing));
    }

    private Expression end(Global statistic) {
        var scale = statistic.linear();
        long buckets = scale == null || histogram.linear() == null
                ? LOG_BUCKETS
                : (scale.high() - scale.low()) / scale.width() + 3;
        if (loop.limit() == null) {
            return number(buckets);
        }
        var limit = body.pin(body.expressions().value(loop.limit()));
        var fits = new Expression.Compare(span, Expression.Relation.LESS, limit, number(buckets));
        return body.pin(new Expression.Conditional(span, fits, limit, number(buckets)));
    }

    private void leaveUnless(Expression condition) {
        var leave = new Statement.Block(span, List.of(new Statement.Break(span)));
        var done = Folding.unary(span, Expression.UnaryOperator.NOT, condition);
        body.emit(new Statement.If(span, done, leave, new Statement.Block(span, List.of())));
    }

    private Statement.Block next(Local counter, Expression at) {
        var sum = new Expression.Binary(span, Expression.BinaryOperator.ADD, at, number(1));
        return new Statement.Block(span, List.of(new Statement.SetLocal(span, counter, sum)));
    }

    private Expression number(long value) {
        return new Expression.LongLiteral(span, value);
    }
}
