package io.stapscope.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies IR from the leaves up. A rewrite overrides what it changes: a variable, a function, or a node whose parts are
 * rewritten already.
 */
public abstract class IrRewriter {
    protected Global global(Global global) {
        return global;
    }

    protected Local local(Local local) {
        return local;
    }

    protected Function function(Function function) {
        return function;
    }

    /** What stands in the place of an expression whose parts are not rewritten yet; null to go on with its parts. */
    protected @Nullable Expression replace(Expression expression) {
        return null;
    }

    /** Called with the parts rewritten; gives what stands in its place. */
    protected Expression finish(Expression expression) {
        return expression;
    }

    /** Called with the parts rewritten; an empty block removes the statement. */
    protected Statement finish(Statement statement) {
        return statement;
    }

    /** Rewrites an expression and all it holds. */
    public final Expression rewrite(Expression expression) {
        var replaced = replace(expression);
        if (replaced != null) {
            return replaced;
        }
        return finish(
                switch (expression) {
                    case Expression.LongLiteral e -> e;
                    case Expression.StringLiteral e -> e;
                    case Expression.ReadLocal e -> new Expression.ReadLocal(e.span(), local(e.local()));
                    case Expression.Context e -> e;
                    case Expression.Argument e -> e;
                    case Expression.Entry e -> e;
                    case Expression.Capture e -> e;
                    case Expression.ReadGlobal e ->
                        new Expression.ReadGlobal(e.span(), global(e.global()), all(e.keys()));
                    case Expression.Contains e ->
                        new Expression.Contains(e.span(), global(e.global()), slice(e.keys()));
                    case Expression.Unary e -> new Expression.Unary(e.span(), e.operator(), rewrite(e.operand()));
                    case Expression.Binary e ->
                        new Expression.Binary(e.span(), e.operator(), rewrite(e.left()), rewrite(e.right()));
                    case Expression.Compare e ->
                        new Expression.Compare(e.span(), e.relation(), rewrite(e.left()), rewrite(e.right()));
                    case Expression.And e -> new Expression.And(e.span(), rewrite(e.left()), rewrite(e.right()));
                    case Expression.Or e -> new Expression.Or(e.span(), rewrite(e.left()), rewrite(e.right()));
                    case Expression.Conditional e ->
                        new Expression.Conditional(
                                e.span(), rewrite(e.condition()), rewrite(e.then()), rewrite(e.otherwise()));
                    case Expression.Concatenate e ->
                        new Expression.Concatenate(e.span(), rewrite(e.left()), rewrite(e.right()));
                    case Expression.Formatted e -> new Expression.Formatted(e.span(), e.format(), all(e.arguments()));
                    case Expression.Builtin e -> new Expression.Builtin(e.span(), e.function(), all(e.arguments()));
                    case Expression.Extract e ->
                        new Expression.Extract(e.span(), e.extractor(), e.shift(), global(e.global()), all(e.keys()));
                    case Expression.Bucket e ->
                        new Expression.Bucket(
                                e.span(), global(e.global()), all(e.keys()), e.linear(), rewrite(e.index()));
                    case Expression.Library e -> new Expression.Library(e.span(), e.function(), all(e.arguments()));
                    case Expression.TraceArgument e -> e;
                    case Expression.Register e -> e;
                    case Expression.Load e ->
                        new Expression.Load(
                                e.span(),
                                e.space(),
                                rewrite(e.address()),
                                e.size(),
                                e.signed(),
                                e.bitOffset(),
                                e.bitSize(),
                                optional(e.otherwise()));
                    case Expression.LoadString e ->
                        new Expression.LoadString(
                                e.span(),
                                e.space(),
                                rewrite(e.address()),
                                optional(e.limit()),
                                optional(e.otherwise()));
                    case Expression.TableText e -> new Expression.TableText(e.span(), e.table(), rewrite(e.index()));
                    case Expression.Snapshot e -> e;
                    case Expression.Stack e -> e;
                });
    }

    /** Rewrites a statement and all it holds. */
    public final Statement rewrite(Statement statement) {
        return finish(
                switch (statement) {
                    case Statement.Block s -> block(s);
                    case Statement.SetLocal s -> new Statement.SetLocal(s.span(), local(s.local()), rewrite(s.value()));
                    case Statement.SetGlobal s ->
                        new Statement.SetGlobal(s.span(), global(s.global()), all(s.keys()), rewrite(s.value()));
                    case Statement.AddGlobal s ->
                        new Statement.AddGlobal(
                                s.span(), global(s.global()), all(s.keys()), rewrite(s.value()), maybe(s.result()));
                    case Statement.Feed s ->
                        new Statement.Feed(s.span(), global(s.global()), all(s.keys()), rewrite(s.value()));
                    case Statement.DeleteElement s ->
                        new Statement.DeleteElement(s.span(), global(s.global()), slice(s.keys()));
                    case Statement.DeleteGlobal s -> new Statement.DeleteGlobal(s.span(), global(s.global()));
                    case Statement.If s ->
                        new Statement.If(s.span(), rewrite(s.condition()), block(s.then()), block(s.otherwise()));
                    case Statement.Loop s -> new Statement.Loop(s.span(), block(s.body()), block(s.update()));
                    case Statement.Foreach s -> foreach(s);
                    case Statement.Return s -> new Statement.Return(s.span(), optional(s.value()));
                    case Statement.Call s ->
                        new Statement.Call(s.span(), function(s.function()), all(s.arguments()), maybe(s.result()));
                    case Statement.CallById s ->
                        new Statement.CallById(s.span(), s.function(), all(s.arguments()), maybe(s.result()));
                    case Statement.Print s -> new Statement.Print(s.span(), s.format(), all(s.arguments()));
                    case Statement.PrintHistogram s ->
                        new Statement.PrintHistogram(s.span(), global(s.global()), all(s.keys()), s.linear());
                    case Statement.Warn s -> new Statement.Warn(s.span(), rewrite(s.message()));
                    case Statement.Raise s -> new Statement.Raise(s.span(), rewrite(s.message()));
                    case Statement.Try s ->
                        new Statement.Try(s.span(), block(s.body()), maybe(s.message()), block(s.handler()));
                    case Statement.Match s ->
                        new Statement.Match(s.span(), rewrite(s.text()), s.pattern(), local(s.result()));
                    case Statement.Answer s -> new Statement.Answer(s.span(), rewrite(s.value()), s.append());
                    case Statement.Act s ->
                        new Statement.Act(s.span(), s.function(), all(s.arguments()), maybe(s.result()));
                    case Statement.Break s -> s;
                    case Statement.Continue s -> s;
                    case Statement.Next s -> s;
                    case Statement.Exit s -> s;
                });
    }

    /** Rewrites the statements of a block; blocks without content disappear. */
    public final Statement.Block block(Statement.Block block) {
        var statements = new ArrayList<Statement>();
        for (var statement : block.statements()) {
            var rewritten = rewrite(statement);
            if (!(rewritten instanceof Statement.Block inner
                    && inner.statements().isEmpty())) {
                statements.add(rewritten);
            }
        }
        return new Statement.Block(block.span(), statements);
    }

    /** A statement that does nothing, to remove one. */
    protected static Statement nothing(Statement removed) {
        return new Statement.Block(removed.span(), List.of());
    }

    private Statement.Foreach foreach(Statement.Foreach s) {
        return new Statement.Foreach(
                s.span(),
                global(s.global()),
                s.keys().stream().map(this::local).toList(),
                maybe(s.value()),
                slice(s.slice()),
                s.sort(),
                optional(s.limit()),
                block(s.body()));
    }

    private List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(this::rewrite).toList();
    }

    private List<@Nullable Expression> slice(List<@Nullable Expression> keys) {
        var rewritten = new ArrayList<@Nullable Expression>();
        for (var key : keys) {
            rewritten.add(optional(key));
        }
        return rewritten;
    }

    private @Nullable Expression optional(@Nullable Expression expression) {
        return expression == null ? null : rewrite(expression);
    }

    private @Nullable Local maybe(@Nullable Local local) {
        return local == null ? null : local(local);
    }
}
