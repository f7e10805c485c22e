package io.stapscope.compiler.analysis;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.syntax.tree.StatisticOperator;
import io.stapscope.compiler.type.Type;
import org.jspecify.annotations.Nullable;

/** The types in the statements of one body. */
final class StatementTypes {
    private final Typing typing;
    private final Scope scope;
    private final @Nullable FunctionSymbol function;
    private final ExpressionTypes expressions;

    StatementTypes(Typing typing, Symbols.Body body) {
        this.typing = typing;
        this.scope = body.scope();
        this.function = body.function();
        this.expressions = new ExpressionTypes(typing, scope, body.context());
    }

    void visit(StatementNode statement) {
        switch (statement) {
            case StatementNode.Evaluate s -> expressions.statement(s.expression());
            case StatementNode.If s -> expressions.value(s.condition(), Type.LONG);
            case StatementNode.While s -> expressions.value(s.condition(), Type.LONG);
            case StatementNode.For s -> {
                if (s.initial() != null) {
                    expressions.statement(s.initial());
                }
                if (s.condition() != null) {
                    expressions.value(s.condition(), Type.LONG);
                }
                if (s.update() != null) {
                    expressions.statement(s.update());
                }
            }
            case StatementNode.Foreach s -> foreach(s);
            case StatementNode.Return s -> {
                if (s.value() != null && function != null) {
                    var known = function.knownResult();
                    typing.explain(
                            s.value().span(), typing.why(function, s.value().span()));
                    var found = expressions.value(s.value(), known);
                    if (known == null && found != null) {
                        typing.result(function, s.value().span(), found);
                    }
                }
            }
            case StatementNode.Delete s -> expressions.keyNodes(typing.symbols().global(scope, s.name()), s.keys());
            case StatementNode.Block _,
                    StatementNode.Empty _,
                    StatementNode.Break _,
                    StatementNode.Continue _,
                    StatementNode.Next _ -> {}
            case StatementNode.Try s -> {
                if (s.message() != null) {
                    loopVariable(s.message(), Type.STRING, s.message().span());
                }
            }
        }
        TreeWalk.parts(statement).forEach(this::visit);
    }

    private void foreach(StatementNode.Foreach s) {
        if (s.limit() != null) {
            expressions.value(s.limit(), Type.LONG);
        }
        if (s.source() instanceof StatementNode.ForeachSource.Buckets(var histogram)) {
            expressions.histogram(histogram);
            s.keys().forEach(key -> loopVariable(key, Type.LONG, key.span()));
            if (s.value() != null) {
                loopVariable(s.value(), Type.LONG, s.value().span());
            }
            return;
        }
        if (!(s.source() instanceof StatementNode.ForeachSource.Array(var name))) {
            return;
        }
        var array = typing.symbols().global(scope, name);
        if (array == null || array.arity() != s.keys().size()) {
            return;
        }
        expressions.keyNodes(array, s.slice());
        for (int i = 0; i < s.keys().size(); i++) {
            var known = array.knownKey(i);
            var found = loopVariable(s.keys().get(i), known, array.keyTypedBy(i));
            if (known == null && found != null) {
                typing.key(array, i, s.keys().get(i).span(), found);
            }
        }
        var sort = s.sort();
        boolean extracts = sort != null && sort.operator() != null;
        if (sort != null && extracts) {
            typing.variable(array, name.span(), Type.STATISTIC);
            if (sort.operator() == StatisticOperator.VARIANCE) {
                array.setVarianceShift(0);
            }
        }
        if (s.value() != null) {
            // The value of a statistic is the number it is sorted by, or its count.
            var known = array.knownType() == Type.STATISTIC || extracts ? Type.LONG : array.knownType();
            var found = loopVariable(s.value(), known, array.typedBy());
            if (known == null && found != null) {
                typing.variable(array, s.value().span(), found);
            }
        }
    }

    /** @param by what shows the type of what the variable takes */
    private @Nullable Type loopVariable(Name name, @Nullable Type needed, @Nullable Span by) {
        var variable = typing.symbols().variable(scope, name);
        return variable == null || variable instanceof GlobalSymbol global && global.arity() > 0
                ? null
                : typing.variable(variable, name.span(), needed, by == null ? name.span() : by);
    }
}
