package io.stapscope.compiler.analysis;

import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.AssignOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.KeyNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of the expressions of one body. */
final class ExpressionTypes {
    private final Typing typing;
    private final Scope scope;
    private final PointContext context;
    private final PrintTypes prints;
    private final StatisticTypes statistics;

    /** @param context what the probe point offers */
    ExpressionTypes(Typing typing, Scope scope, PointContext context) {
        this.typing = typing;
        this.scope = scope;
        this.context = context;
        this.prints = new PrintTypes(typing, this);
        this.statistics = new StatisticTypes(typing, scope, this);
    }

    /** Types an expression whose value is used; null when its type is not known, or wrong and reported. */
    @Nullable
    Type value(ExpressionNode node, @Nullable Type needed) {
        return switch (node) {
            case ExpressionNode.NumberLiteral e -> typing.settle(e.span(), Type.LONG, needed, null);
            case ExpressionNode.StringLiteral e -> typing.settle(e.span(), Type.STRING, needed, null);
            case ExpressionNode.Variable e -> variable(e, needed);
            case ExpressionNode.Element e -> element(e, needed);
            case ExpressionNode.Call e -> call(e, needed, true);
            case ExpressionNode.Print e -> typing.settle(e.span(), prints.print(e), needed, null);
            case ExpressionNode.TargetVariable e -> typing.settle(e.span(), target(e), needed, null);
            case ExpressionNode.Defined e -> typing.settle(e.span(), Type.LONG, needed, null);
            case ExpressionNode.Entry e -> value(e.operand(), needed);
            case ExpressionNode.Extract e -> {
                statistics.use(e.statistic());
                statistics.variance(e);
                yield typing.settle(e.span(), Type.LONG, needed, null);
            }
            case ExpressionNode.Bucket e -> {
                statistics.histogram(e.histogram());
                yield number(e.span(), needed, e.index());
            }
            case ExpressionNode.RegexMatch e -> {
                value(e.text(), Type.STRING);
                yield typing.settle(e.span(), Type.LONG, needed, null);
            }
            case ExpressionNode.Unary e -> number(e.span(), needed, e.operand());
            case ExpressionNode.Step e -> number(e.span(), needed, e.target());
            case ExpressionNode.Binary e -> binary(e, needed);
            case ExpressionNode.Contains e -> {
                var array = typing.symbols().global(scope, e.array());
                keyNodes(array, e.keys());
                yield typing.settle(e.span(), Type.LONG, needed, null);
            }
            case ExpressionNode.Conditional e -> {
                value(e.condition(), Type.LONG);
                yield same(e.then(), e.otherwise(), needed);
            }
            case ExpressionNode.Assign e -> assign(e, needed);
            case ExpressionNode.Access e -> access(e, needed);
            case ExpressionNode.AddressOf e -> number(e.span(), needed, e.operand());
            case ExpressionNode.Cast e -> number(e.span(), needed, e.operand());
            case ExpressionNode.AtOperation e -> operation(e, needed);
            case ExpressionNode.GlobalVariable e -> typing.settle(e.span(), Type.LONG, needed, null);
            // Refused by then, by the parser.
            case ExpressionNode.Histogram _ -> null;
        };
    }

    /** Types an expression that stands as a statement: it may have no value. */
    void statement(ExpressionNode node) {
        switch (node) {
            case ExpressionNode.Call e -> call(e, null, false);
            case ExpressionNode.Print e -> prints.print(e);
            case ExpressionNode e -> value(e, null);
        }
    }

    void histogram(ExpressionNode.Histogram e) {
        statistics.histogram(e);
    }

    /** Whether a call gives a value of a type that is known. */
    boolean isTyped(ExpressionNode.Call e) {
        var function = typing.symbols().function(e);
        return function == null || function.knownResult() != null;
    }

    /** Whether nothing has shown the type of a variable yet. */
    boolean isUntyped(Name name) {
        var variable = typing.symbols().variable(scope, name);
        return variable == null || variable.knownType() == null;
    }

    @Nullable
    Type variable(ExpressionNode.Variable e, @Nullable Type needed) {
        var variable = typing.symbols().variable(scope, e.word());
        if (variable == null || variable instanceof GlobalSymbol global && global.arity() > 0) {
            return null;
        }
        return typing.variable(variable, e.span(), needed);
    }

    @Nullable
    Type element(ExpressionNode.Element e, @Nullable Type needed) {
        var array = typing.symbols().global(scope, e.array());
        keys(array, e.keys());
        return array == null || array.arity() != e.keys().size() ? null : typing.variable(array, e.span(), needed);
    }

    void keys(@Nullable GlobalSymbol array, List<ExpressionNode> keys) {
        for (int i = 0; i < keys.size(); i++) {
            key(array, i, keys.get(i));
        }
    }

    void keyNodes(@Nullable GlobalSymbol array, List<KeyNode> keys) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) instanceof KeyNode.Exact(var value)) {
                key(array, i, value);
            }
        }
    }

    private void key(@Nullable GlobalSymbol array, int position, ExpressionNode key) {
        if (array == null || position >= array.arity()) {
            value(key, null);
            return;
        }
        var known = array.knownKey(position);
        typing.explain(key.span(), typing.why(array, position, key.span()));
        var found = value(key, known);
        if (known == null && found != null) {
            typing.key(array, position, key.span(), found);
        }
    }

    private @Nullable Type call(ExpressionNode.Call e, @Nullable Type needed, boolean used) {
        int count = e.arguments().size();
        var name = e.function().text();
        var function = typing.symbols().function(e);
        if (function != null) {
            arguments(e, function);
            return used || needed != null ? typing.result(function, e.span(), needed) : null;
        }
        var builtin = Builtins.find(name, count);
        for (int i = 0; i < count; i++) {
            typing.explain(e.arguments().get(i).span(), builtin == null ? null : "it is " + builtin.signature());
            value(
                    e.arguments().get(i),
                    builtin == null ? null : builtin.parameters().get(i));
        }
        return builtin == null || !used ? null : typing.settle(e.span(), builtin.result(), needed, null);
    }

    /** Every function of a chain takes the same values. */
    private void arguments(ExpressionNode.Call e, FunctionSymbol head) {
        for (var function = head; function != null; function = function.next()) {
            for (int i = 0; i < e.arguments().size(); i++) {
                var parameter = function.parameters().get(i);
                var argument = e.arguments().get(i);
                typing.explain(argument.span(), typing.why(parameter, argument.span()));
                var found = value(argument, parameter.knownType());
                if (parameter.knownType() == null && found != null) {
                    typing.variable(parameter, argument.span(), found);
                }
            }
        }
    }

    /** Whatever is not offered is reported later, and typed by its form until then. */
    private Type target(ExpressionNode.TargetVariable e) {
        var variable = context.variable(e.name());
        if (variable == null && context.entry() != null) {
            variable = context.entry().variable(e.name());
        }
        if (variable != null) {
            return variable.type();
        }
        return e.name().startsWith("$$") ? Type.STRING : Type.LONG;
    }

    private @Nullable Type access(ExpressionNode.Access e, @Nullable Type needed) {
        value(e.base(), CTypes.isList(e) ? Type.STRING : Type.LONG);
        for (var suffix : e.suffixes()) {
            if (suffix instanceof ExpressionNode.Suffix.Subscript(var _, var index)) {
                value(index, Type.LONG);
            }
        }
        boolean text = e.suffixes().getLast() instanceof ExpressionNode.Suffix.Pretty;
        return typing.settle(e.span(), text ? Type.STRING : Type.LONG, needed, null);
    }

    private @Nullable Type operation(ExpressionNode.AtOperation e, @Nullable Type needed) {
        return switch (e.operator()) {
            case ENUM, CONST -> typing.settle(e.span(), Type.LONG, needed, null);
            case ENUMNAME -> {
                value(e.arguments().getFirst(), Type.LONG);
                yield typing.settle(e.span(), Type.STRING, needed, null);
            }
            case KDEREF, UDEREF ->
                number(e.span(), needed, e.arguments().get(0), e.arguments().get(1));
            case UREGISTER -> number(e.span(), needed, e.arguments().getFirst());
            case ERRNO, PERF, PROBEWRITE, KREGISTER -> null;
        };
    }

    private @Nullable Type number(Span span, @Nullable Type needed, ExpressionNode... operands) {
        for (var operand : operands) {
            value(operand, Type.LONG);
        }
        return typing.settle(span, Type.LONG, needed, null);
    }

    private @Nullable Type binary(ExpressionNode.Binary e, @Nullable Type needed) {
        return switch (e.operator()) {
            case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL -> {
                same(e.left(), e.right(), null);
                yield typing.settle(e.span(), Type.LONG, needed, null);
            }
            case CONCATENATE -> {
                value(e.left(), Type.STRING);
                value(e.right(), Type.STRING);
                yield typing.settle(e.span(), Type.STRING, needed, null);
            }
            case LOGICAL_OR,
                    LOGICAL_AND,
                    OR,
                    XOR,
                    AND,
                    SHIFT_LEFT,
                    SHIFT_RIGHT,
                    SHIFT_RIGHT_UNSIGNED,
                    ADD,
                    SUBTRACT,
                    MULTIPLY,
                    DIVIDE,
                    MODULO -> number(e.span(), needed, e.left(), e.right());
        };
    }

    /** Types two expressions that must be of one type, whichever of them shows it. */
    private @Nullable Type same(ExpressionNode left, ExpressionNode right, @Nullable Type needed) {
        var first = value(left, needed);
        if (first != null) {
            typing.explain(right.span(), Typing.quote(left.span()) + " is " + Typing.noun(first));
        }
        var second = value(right, first == null ? needed : first);
        return first == null && second != null ? value(left, second) : first;
    }

    private @Nullable Type assign(ExpressionNode.Assign e, @Nullable Type needed) {
        if (e.operator() == AssignOperator.FEED) {
            statistics.use(e.target());
            value(e.value(), Type.LONG);
            return typing.settle(e.span(), Type.LONG, needed, null);
        }
        if (e.operator() == AssignOperator.SET) {
            return set(e, needed);
        }
        var type = e.operator() == AssignOperator.CONCATENATE ? Type.STRING : Type.LONG;
        value(e.target(), type);
        value(e.value(), type);
        return typing.settle(e.span(), type, needed, null);
    }

    private @Nullable Type set(ExpressionNode.Assign e, @Nullable Type needed) {
        var variable =
                switch (e.target()) {
                    case ExpressionNode.Variable target -> typing.symbols().variable(scope, target.word());
                    case ExpressionNode.Element target -> typing.symbols().global(scope, target.array());
                    case ExpressionNode _ -> null;
                };
        var known = variable == null ? null : variable.knownType();
        if (variable != null && known != Type.STATISTIC) {
            typing.explain(e.value().span(), typing.why(variable, e.value().span()));
        }
        var type = value(e.value(), known == Type.STATISTIC || known == null ? needed : known);
        if (variable != null && known == null && type != null && isPlace(e.target())) {
            // The whole assignment shows the type: a message that quotes it explains more than the name would.
            typing.variable(variable, e.span(), type);
        }
        return value(e.target(), type == null ? known : type);
    }

    /** Whether a target has as many keys as its global. */
    private boolean isPlace(ExpressionNode target) {
        return switch (target) {
            case ExpressionNode.Variable e ->
                !(typing.symbols().variable(scope, e.word()) instanceof GlobalSymbol global) || global.arity() == 0;
            case ExpressionNode.Element e ->
                typing.symbols().global(scope, e.array()) instanceof GlobalSymbol global
                        && global.arity() == e.keys().size();
            case ExpressionNode _ -> false;
        };
    }
}
