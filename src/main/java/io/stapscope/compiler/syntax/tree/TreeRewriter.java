package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.syntax.tree.ExpressionNode.Suffix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A copy of a tree with some nodes replaced: a subclass answers for the nodes it cares for, and leaves the rest to this. */
public abstract class TreeRewriter {
    public StatementNode.Block block(StatementNode.Block block) {
        return new StatementNode.Block(block.span(), each(block.statements(), this::statement));
    }

    protected StatementNode statement(StatementNode node) {
        return switch (node) {
            case StatementNode.Block s -> block(s);
            case StatementNode.Evaluate s -> new StatementNode.Evaluate(s.span(), expression(s.expression()));
            case StatementNode.If s ->
                new StatementNode.If(
                        s.span(),
                        expression(s.condition()),
                        statement(s.then()),
                        s.otherwise() == null ? null : statement(s.otherwise()));
            case StatementNode.While s ->
                new StatementNode.While(s.span(), expression(s.condition()), statement(s.body()));
            case StatementNode.For s ->
                new StatementNode.For(
                        s.span(),
                        optional(s.initial()),
                        optional(s.condition()),
                        optional(s.update()),
                        statement(s.body()));
            case StatementNode.Foreach s -> foreach(s);
            case StatementNode.Return s -> new StatementNode.Return(s.span(), optional(s.value()));
            case StatementNode.Delete s -> new StatementNode.Delete(s.span(), s.name(), each(s.keys(), this::key));
            case StatementNode.Try s ->
                new StatementNode.Try(s.span(), block(s.body()), s.message(), block(s.handler()));
            case StatementNode.Empty _, StatementNode.Break _, StatementNode.Continue _, StatementNode.Next _ -> node;
        };
    }

    private StatementNode foreach(StatementNode.Foreach s) {
        var source =
                switch (s.source()) {
                    case StatementNode.ForeachSource.Array array -> array;
                    case StatementNode.ForeachSource.Buckets(var histogram) ->
                        new StatementNode.ForeachSource.Buckets(histogram(histogram));
                };
        return new StatementNode.Foreach(
                s.span(),
                s.keys(),
                s.value(),
                source,
                each(s.slice(), this::key),
                s.sort(),
                optional(s.limit()),
                statement(s.body()));
    }

    protected ExpressionNode expression(ExpressionNode node) {
        return switch (node) {
            case ExpressionNode.NumberLiteral _,
                    ExpressionNode.StringLiteral _,
                    ExpressionNode.Variable _,
                    ExpressionNode.TargetVariable _,
                    ExpressionNode.GlobalVariable _ -> node;
            case ExpressionNode.Element e -> new ExpressionNode.Element(e.span(), e.array(), all(e.keys()));
            case ExpressionNode.Call e -> new ExpressionNode.Call(e.span(), e.function(), all(e.arguments()));
            case ExpressionNode.Print e ->
                new ExpressionNode.Print(e.span(), e.name(), e.function(), e.text(), all(e.arguments()));
            case ExpressionNode.Access e ->
                new ExpressionNode.Access(e.span(), expression(e.base()), each(e.suffixes(), this::suffix));
            case ExpressionNode.AddressOf e -> new ExpressionNode.AddressOf(e.span(), expression(e.operand()));
            case ExpressionNode.Cast e ->
                new ExpressionNode.Cast(e.span(), expression(e.operand()), e.type(), e.module());
            case ExpressionNode.Defined e -> new ExpressionNode.Defined(e.span(), expression(e.operand()));
            case ExpressionNode.Entry e -> new ExpressionNode.Entry(e.span(), expression(e.operand()));
            case ExpressionNode.AtOperation e ->
                new ExpressionNode.AtOperation(e.span(), e.operator(), all(e.arguments()));
            case ExpressionNode.Extract e ->
                new ExpressionNode.Extract(e.span(), e.operator(), expression(e.statistic()), e.shift());
            case ExpressionNode.Histogram e -> histogram(e);
            case ExpressionNode.Bucket e ->
                new ExpressionNode.Bucket(e.span(), histogram(e.histogram()), expression(e.index()));
            case ExpressionNode.Unary e -> new ExpressionNode.Unary(e.span(), e.operator(), expression(e.operand()));
            case ExpressionNode.Step e ->
                new ExpressionNode.Step(e.span(), expression(e.target()), e.increment(), e.prefix());
            case ExpressionNode.Binary e ->
                new ExpressionNode.Binary(e.span(), e.operator(), expression(e.left()), expression(e.right()));
            case ExpressionNode.RegexMatch e ->
                new ExpressionNode.RegexMatch(e.span(), expression(e.text()), e.pattern(), e.negated());
            case ExpressionNode.Contains e ->
                new ExpressionNode.Contains(e.span(), each(e.keys(), this::key), e.array());
            case ExpressionNode.Conditional e ->
                new ExpressionNode.Conditional(
                        e.span(), expression(e.condition()), expression(e.then()), expression(e.otherwise()));
            case ExpressionNode.Assign e ->
                new ExpressionNode.Assign(e.span(), e.operator(), expression(e.target()), expression(e.value()));
        };
    }

    private ExpressionNode.Histogram histogram(ExpressionNode.Histogram e) {
        return new ExpressionNode.Histogram(e.span(), expression(e.statistic()), e.linear());
    }

    private Suffix suffix(Suffix suffix) {
        return suffix instanceof Suffix.Subscript(var span, var index)
                ? new Suffix.Subscript(span, expression(index))
                : suffix;
    }

    private KeyNode key(KeyNode key) {
        return switch (key) {
            case KeyNode.Exact(var value) -> new KeyNode.Exact(expression(value));
            case KeyNode.Any any -> any;
        };
    }

    private @Nullable ExpressionNode optional(@Nullable ExpressionNode node) {
        return node == null ? null : expression(node);
    }

    private List<ExpressionNode> all(List<ExpressionNode> nodes) {
        return each(nodes, this::expression);
    }

    private static <T> List<T> each(List<T> nodes, UnaryOperator<T> rewrite) {
        var rewritten = new ArrayList<T>();
        nodes.forEach(node -> rewritten.add(rewrite.apply(node)));
        return rewritten;
    }
}
