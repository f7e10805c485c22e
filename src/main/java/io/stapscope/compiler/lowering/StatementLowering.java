package io.stapscope.compiler.lowering;

import io.stapscope.compiler.analysis.FunctionSymbol;
import io.stapscope.compiler.analysis.GlobalSymbol;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns statements into IR statements. */
final class StatementLowering {
    private final BodyLowering body;

    StatementLowering(BodyLowering body) {
        this.body = body;
    }

    /** @param condition what must hold for the body to run; null for always */
    Statement.Block body(StatementNode.Block block, @Nullable ExpressionNode condition) {
        return body.collect(block.span(), () -> {
            body.emitPresets();
            if (condition == null) {
                block.statements().forEach(this::lower);
            } else {
                var test = body.expressions().value(condition);
                body.emit(new Statement.If(condition.span(), test, nested(block), empty(condition.span())));
            }
        });
    }

    /** The body of a function. */
    Statement.Block function(FunctionSymbol symbol) {
        var block = symbol.declaration().body();
        return body.collect(block.span(), () -> {
            if (symbol.next() != null) {
                body.keepOriginals(symbol);
            }
            block.statements().forEach(this::lower);
        });
    }

    /** Leaves the handler; in a function: returns what the next function of its name returns. */
    private void next(StatementNode.Next s) {
        var function = body.function();
        if (function == null) {
            body.emit(new Statement.Next(s.span()));
            return;
        }
        var following = function.next();
        if (following == null) {
            body.emit(new Statement.Raise(s.span(), new Expression.StringLiteral(s.span(), "all functions exhausted")));
            return;
        }
        var result = body.expressions().call(s.span(), following, new ArrayList<>(body.originals()), true);
        body.emit(new Statement.Return(s.span(), result));
    }

    private Statement.Block nested(StatementNode statement) {
        return body.collect(statement.span(), () -> lower(statement));
    }

    private static Statement.Block empty(Span span) {
        return new Statement.Block(span, List.of());
    }

    private void lower(StatementNode statement) {
        switch (statement) {
            case StatementNode.Block s -> s.statements().forEach(this::lower);
            case StatementNode.Empty _ -> {}
            case StatementNode.Evaluate s -> body.expressions().effect(s.expression());
            case StatementNode.If s -> branch(s);
            case StatementNode.While s -> loop(s.span(), s.condition(), s.body(), null);
            case StatementNode.For s -> {
                if (s.initial() != null) {
                    body.expressions().effect(s.initial());
                }
                loop(s.span(), s.condition(), s.body(), s.update());
            }
            case StatementNode.Foreach s -> foreach(s);
            case StatementNode.Break s -> body.emit(new Statement.Break(s.span()));
            case StatementNode.Continue s -> body.emit(new Statement.Continue(s.span()));
            case StatementNode.Next s -> next(s);
            case StatementNode.Return s ->
                body.emit(new Statement.Return(
                        s.span(), s.value() == null ? null : body.expressions().value(s.value())));
            case StatementNode.Delete s -> delete(s);
            case StatementNode.Try s -> tried(s);
        }
    }

    private void branch(StatementNode.If s) {
        if (body.site().decide(s.condition()) instanceof Boolean taken) {
            if (taken) {
                lower(s.then());
            } else if (s.otherwise() != null) {
                lower(s.otherwise());
            }
            return;
        }
        var condition = body.expressions().value(s.condition());
        var then = nested(s.then());
        var otherwise = s.otherwise() == null ? empty(s.span()) : nested(s.otherwise());
        body.emit(new Statement.If(s.span(), condition, then, otherwise));
    }

    private void loop(
            Span span, @Nullable ExpressionNode condition, StatementNode each, @Nullable ExpressionNode update) {
        var block = body.collect(each.span(), () -> {
            if (condition != null) {
                var test = body.expressions().value(condition);
                if (!(test instanceof Expression.LongLiteral(var unused, var value) && value != 0)) {
                    var leave = new Statement.Block(condition.span(), List.of(new Statement.Break(condition.span())));
                    var failed = Folding.unary(condition.span(), Expression.UnaryOperator.NOT, test);
                    body.emit(new Statement.If(condition.span(), failed, leave, empty(condition.span())));
                }
            }
            lower(each);
        });
        var after = update == null
                ? empty(span)
                : body.collect(update.span(), () -> body.expressions().effect(update));
        body.emit(new Statement.Loop(span, block, after));
    }

    private void delete(StatementNode.Delete s) {
        var global = body.expressions().array(s.name());
        body.emit(
                s.keys().isEmpty()
                        ? new Statement.DeleteGlobal(s.span(), global)
                        : new Statement.DeleteElement(
                                s.span(), global, body.expressions().keys(s.keys())));
    }

    private void tried(StatementNode.Try s) {
        var attempt = body.collect(s.body().span(), () -> lower(s.body()));
        var copies = new ArrayList<Statement>();
        var message = s.message() == null ? null : loopVariable(s.message(), Type.STRING, copies);
        var handler = body.collect(s.handler().span(), () -> {
            copies.forEach(body::emit);
            lower(s.handler());
        });
        body.emit(new Statement.Try(s.span(), attempt, message, handler));
    }

    private void foreach(StatementNode.Foreach s) {
        if (s.source() instanceof StatementNode.ForeachSource.Buckets(var histogram)) {
            new BucketLoop(body, s, histogram).lower(() -> lower(s.body()));
            return;
        }
        if (!(s.source() instanceof StatementNode.ForeachSource.Array(var name))) {
            throw new IllegalStateException("not refused: " + s.source().span());
        }
        var array = body.expressions().array(name);
        var slice = body.expressions().keys(s.slice());
        var limit = s.limit() == null ? null : body.expressions().value(s.limit());
        var sort = sort(s, array);
        var copies = new ArrayList<Statement>();
        var keys = new ArrayList<Local>();
        for (int i = 0; i < s.keys().size(); i++) {
            keys.add(loopVariable(s.keys().get(i), array.keys().get(i), copies));
        }
        var value = value(s, array, keys, sort, copies);
        var block = body.collect(s.body().span(), () -> {
            copies.forEach(body::emit);
            lower(s.body());
        });
        body.emit(new Statement.Foreach(s.span(), array, keys, value, slice, sort, limit, block));
    }

    private static Statement.@Nullable Sort sort(StatementNode.Foreach s, Global array) {
        if (s.sort() == null) {
            return null;
        }
        var operator = s.sort().operator();
        Expression.Extractor extractor = null;
        if (operator != null) {
            extractor = ExpressionLowering.extractor(operator);
        } else if (array.isStatistic() && s.sort().key() < 0) {
            extractor = Expression.Extractor.COUNT;
        }
        return new Statement.Sort(s.sort().key(), s.sort().descending(), extractor);
    }

    /** The local that takes a key part; a global in its place is set from it on each turn. */
    Local loopVariable(Name name, Type type, List<Statement> copies) {
        if (!(body.program().symbols().variable(body.scope(), name) instanceof GlobalSymbol symbol)) {
            return body.local(name.text());
        }
        var local = body.temporary(type, name.text());
        var read = new Expression.ReadLocal(name.span(), local);
        copies.add(new Statement.SetGlobal(name.span(), body.program().global(symbol), List.of(), read));
        return local;
    }

    private @Nullable Local value(
            StatementNode.Foreach s,
            Global array,
            List<Local> keys,
            Statement.@Nullable Sort sort,
            List<Statement> copies) {
        var name = s.value();
        if (name == null) {
            return null;
        }
        if (!array.isStatistic()) {
            return loopVariable(name, array.value(), copies);
        }
        // A statistic has no single value: the loop variable takes what it is sorted by, or the count.
        var extractor = sort == null || sort.extractor() == null
                ? Expression.Extractor.COUNT
                : Objects.requireNonNull(sort.extractor());
        var index = new ArrayList<Expression>();
        keys.forEach(key -> index.add(new Expression.ReadLocal(name.span(), key)));
        var number = new Expression.Extract(name.span(), extractor, array, index);
        var extracted = new ArrayList<Statement>();
        var local = loopVariable(name, Type.LONG, extracted);
        copies.add(new Statement.SetLocal(name.span(), local, number));
        copies.addAll(extracted);
        return null;
    }
}
