package io.stapscope.compiler.lowering;

import io.stapscope.compiler.analysis.FunctionSymbol;
import io.stapscope.compiler.analysis.GlobalSymbol;
import io.stapscope.compiler.builtin.Builtin;
import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.LibraryFunction;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.ProbeFunction;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.probe.ContextVariable;
import io.stapscope.compiler.probe.SiteText;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.BinaryOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.KeyNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatisticOperator;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns expressions into pure values. What has an effect is emitted as a statement before; an operand that stands to the
 * left of an effect is kept in a temporary, so that everything still happens from left to right.
 */
final class ExpressionLowering {
    private final BodyLowering body;
    private final AssignmentLowering assignments;
    private final PrintLowering prints;
    private final MemoryLowering memory;

    ExpressionLowering(BodyLowering body) {
        this.body = body;
        this.assignments = new AssignmentLowering(body, this);
        this.prints = new PrintLowering(body, this);
        this.memory = new MemoryLowering(body, this);
    }

    /** The value of an expression; its effects are emitted. */
    Expression value(ExpressionNode node) {
        return switch (node) {
            case ExpressionNode.NumberLiteral e -> new Expression.LongLiteral(e.span(), e.value());
            case ExpressionNode.StringLiteral e -> new Expression.StringLiteral(e.span(), e.bytes());
            case ExpressionNode.Variable e -> variable(e);
            case ExpressionNode.Element e -> new Expression.ReadGlobal(e.span(), array(e.array()), all(e.keys()));
            case ExpressionNode.Call e -> Objects.requireNonNull(call(e, true));
            case ExpressionNode.Print e -> prints.formatted(e);
            case ExpressionNode.TargetVariable e ->
                read(Objects.requireNonNull(body.context().variable(e.name())), e.span());
            case ExpressionNode.GlobalVariable e ->
                read(Objects.requireNonNull(body.program().symbols().cTypes().offered(e, body.context())), e.span());
            case ExpressionNode.Defined e ->
                new Expression.LongLiteral(e.span(), body.site().isDefined(e.operand()) ? 1 : 0);
            case ExpressionNode.Entry e -> entry(e);
            case ExpressionNode.Extract e -> extract(e);
            case ExpressionNode.Bucket e -> {
                // The keys of the statistic come before the index.
                var parts = new ArrayList<>(keysOf(e.histogram()));
                parts.add(e.index());
                var values = all(parts);
                yield new Expression.Bucket(
                        e.span(),
                        statistic(e.histogram()),
                        values.subList(0, values.size() - 1),
                        e.histogram().linear() != null,
                        values.getLast());
            }
            case ExpressionNode.RegexMatch e -> match(e);
            case ExpressionNode.Unary e -> unary(e);
            case ExpressionNode.Step e -> Objects.requireNonNull(assignments.step(e, true));
            case ExpressionNode.Binary e -> binary(e);
            case ExpressionNode.Contains e -> new Expression.Contains(e.span(), array(e.array()), keys(e.keys()));
            case ExpressionNode.Conditional e -> conditional(e);
            case ExpressionNode.Assign e -> Objects.requireNonNull(assignments.assign(e, true));
            case ExpressionNode.Access e -> memory.access(e);
            case ExpressionNode.AddressOf e -> memory.addressOf(e);
            case ExpressionNode.Cast e -> value(e.operand());
            case ExpressionNode.AtOperation e -> memory.operation(e);
            case ExpressionNode.Histogram _ ->
                throw new IllegalStateException("not refused: " + node.span().text());
        };
    }

    /** Emits what an expression does; nobody reads its value. */
    void effect(ExpressionNode node) {
        switch (node) {
            case ExpressionNode.Call e -> {
                var _ = call(e, false);
            }
            case ExpressionNode.Print e when !e.function().isString() -> prints.print(e);
            case ExpressionNode.Step e -> {
                var _ = assignments.step(e, false);
            }
            case ExpressionNode.Assign e -> {
                var _ = assignments.assign(e, false);
            }
            case ExpressionNode e -> {
                // A pure value that nobody reads is not even computed: the effects inside of it are all that counts.
                var _ = value(e);
            }
        }
    }

    /** Values from left to right. */
    List<Expression> all(List<ExpressionNode> nodes) {
        var values = new ArrayList<Expression>();
        var marks = new ArrayList<Integer>();
        for (var node : nodes) {
            values.add(value(node));
            marks.add(body.mark());
        }
        keepOrder(values, marks);
        return values;
    }

    /**
     * Puts into temporaries the values whose effects-to-come stand behind their marks.
     *
     * @param marks for each value, how many statements stood when it was complete
     */
    private void keepOrder(List<Expression> values, List<Integer> marks) {
        int end = body.mark();
        // From the right, so that an insertion moves no mark that is still needed.
        for (int i = values.size() - 1; i >= 0; i--) {
            if (marks.get(i) < end && !isSteady(values.get(i))) {
                var local = body.temporary(values.get(i).type(), "t");
                body.insert(marks.get(i), new Statement.SetLocal(values.get(i).span(), local, values.get(i)));
                values.set(i, new Expression.ReadLocal(values.get(i).span(), local));
            }
        }
    }

    /** Whether no effect can change a value, and computing it cannot fail. */
    boolean isSteady(Expression value) {
        return switch (value) {
            case Expression.LongLiteral _,
                    Expression.StringLiteral _,
                    Expression.Argument _,
                    Expression.Entry _,
                    Expression.TraceArgument _,
                    Expression.Register _,
                    Expression.Snapshot _,
                    Expression.Stack _,
                    Expression.Capture _ -> true;
            case Expression.TableText e -> isSteady(e.index());
            case Expression.Context e -> e.value() != ContextValue.TIME_NANOS && e.value() != ContextValue.INPUT;
            case Expression.ReadLocal e -> body.isTemporary(e.local());
            case Expression.ReadGlobal _,
                    Expression.Contains _,
                    Expression.Unary _,
                    Expression.Binary _,
                    Expression.Compare _,
                    Expression.And _,
                    Expression.Or _,
                    Expression.Conditional _,
                    Expression.Concatenate _,
                    Expression.Formatted _,
                    Expression.Builtin _,
                    Expression.Library _,
                    Expression.Load _,
                    Expression.LoadString _,
                    Expression.Bucket _,
                    Expression.Extract _ -> false;
        };
    }

    /** Key parts from left to right; null for {@code *}. */
    List<@Nullable Expression> keys(List<KeyNode> nodes) {
        var exact = new ArrayList<ExpressionNode>();
        for (var node : nodes) {
            if (node instanceof KeyNode.Exact(var value)) {
                exact.add(value);
            }
        }
        var values = all(exact).iterator();
        var keys = new ArrayList<@Nullable Expression>();
        for (var node : nodes) {
            keys.add(node instanceof KeyNode.Exact ? values.next() : null);
        }
        return keys;
    }

    /** The global that a name means. */
    Global array(Name name) {
        return body.program()
                .global(Objects.requireNonNull(body.program().symbols().global(body.scope(), name)));
    }

    private Expression variable(ExpressionNode.Variable e) {
        return body.program().symbols().variable(body.scope(), e.word()) instanceof GlobalSymbol global
                ? new Expression.ReadGlobal(e.span(), body.program().global(global), List.of())
                : new Expression.ReadLocal(e.span(), body.local(e.name()));
    }

    private Expression entry(ExpressionNode.Entry e) {
        // What stands in @entry runs where the call is entered: it sees that event's variables.
        var context = Objects.requireNonNull(body.context().entry());
        var there = new BodyLowering(body.program(), body.scope(), context, null);
        there.setProbeText(body.probeText());
        there.setPoint(body.point());
        there.setAtEntry();
        return kept(there.expressions().value(e.operand()));
    }

    /** A text is not made at the entry: its parts are kept. */
    private Expression kept(Expression value) {
        return switch (value) {
            case Expression.TableText e -> new Expression.TableText(e.span(), e.table(), kept(e.index()));
            case Expression.StringLiteral e -> e;
            case Expression.Formatted e ->
                new Expression.Formatted(
                        e.span(),
                        e.format(),
                        e.arguments().stream().map(this::kept).toList());
            case Expression.Conditional e
            when e.type() == Type.STRING ->
                new Expression.Conditional(e.span(), kept(e.condition()), kept(e.then()), kept(e.otherwise()));
            case Expression e -> body.entry(e.span(), e);
        };
    }

    private Expression read(ContextVariable variable, Span span) {
        return variable.reading() instanceof SiteText && body.point() instanceof ProbePoint.Code point
                ? SiteTexts.names(span, point)
                : variable.read(span);
    }

    private Expression extract(ExpressionNode.Extract e) {
        var extractor = extractor(e.operator());
        return switch (e.statistic()) {
            case ExpressionNode.Element element ->
                new Expression.Extract(e.span(), extractor, shift(e), array(element.array()), all(element.keys()));
            case ExpressionNode.Variable scalar ->
                new Expression.Extract(e.span(), extractor, shift(e), array(scalar.word()), List.of());
            case ExpressionNode other ->
                throw new IllegalStateException(
                        "not a statistic: " + other.span().text());
        };
    }

    private static int shift(ExpressionNode.Extract e) {
        return e.shift() == null ? 0 : (int) Math.clamp(e.shift().value(), 0, 62);
    }

    static Expression.Extractor extractor(StatisticOperator operator) {
        return switch (operator) {
            case COUNT -> Expression.Extractor.COUNT;
            case SUM -> Expression.Extractor.SUM;
            case MIN -> Expression.Extractor.MIN;
            case MAX -> Expression.Extractor.MAX;
            case AVERAGE -> Expression.Extractor.AVERAGE;
            case VARIANCE -> Expression.Extractor.VARIANCE;
        };
    }

    private Expression probeText(Span span, Builtin.ProbePointText.Part part) {
        var text = body.probeText();
        return switch (part) {
            case WHOLE -> text;
            case NAME -> body.probeName() instanceof String name ? new Expression.StringLiteral(span, name) : text;
            case FUNCTION ->
                body.point() instanceof ProbePoint.Code point
                        ? SiteTexts.functions(span, point)
                        : text instanceof Expression.StringLiteral(var unused, var point)
                                ? new Expression.StringLiteral(span, ProbeFunction.of(point))
                                : new Expression.Library(span, LibraryFunction.PPFUNC, List.of(text));
        };
    }

    /** A call; its value, or null when nobody reads it and there is none. */
    private @Nullable Expression call(ExpressionNode.Call e, boolean used) {
        var name = e.function().text();
        var symbol = body.program().symbols().function(e);
        var arguments = new ArrayList<>(all(e.arguments()));
        if (symbol != null) {
            return call(e.span(), symbol, arguments, used);
        }
        return switch (Objects.requireNonNull(Builtins.find(name, arguments.size()))) {
            case Builtin.Value builtin -> builtin.code().build(e.span(), arguments);
            case Builtin.ProbePointText builtin -> probeText(e.span(), builtin.part());
            case Builtin.OfVariable builtin -> {
                var variable = Objects.requireNonNull(body.context().variable(builtin.variable()));
                arguments.add(variable.read(e.span()));
                yield builtin.code().build(e.span(), arguments);
            }
            case Builtin.OfArguments builtin -> {
                var given = new ArrayList<Expression>();
                for (int i = 1; body.context().variable("$arg" + i) != null; i++) {
                    given.add(Objects.requireNonNull(body.context().variable("$arg" + i))
                            .read(e.span()));
                }
                yield builtin.pick(
                        e.span(),
                        isSteady(arguments.getFirst()) ? arguments.getFirst() : body.pin(arguments.getFirst()),
                        given);
            }
            case Builtin.Stateful builtin -> {
                Local result = used ? body.temporary(builtin.result(), builtin.name()) : null;
                body.emit(new Statement.Act(e.span(), builtin.function(), arguments, result));
                yield result == null ? null : new Expression.ReadLocal(e.span(), result);
            }
            case Builtin.Action builtin -> {
                body.emit(builtin.code().build(e.span(), arguments));
                yield null;
            }
        };
    }

    /** A call of a function of the script; its value when it is used and there is one. */
    @Nullable
    Expression call(Span span, FunctionSymbol symbol, List<Expression> arguments, boolean used) {
        if (body.program().takesProbeText(symbol)) {
            arguments.add(body.probeText());
        }
        int id = body.program().functionId(symbol);
        var function = body.program().function(id);
        Local result = used && symbol.result() != Type.NONE ? body.temporary(symbol.result(), symbol.name()) : null;
        body.emit(
                function == null
                        ? new Statement.CallById(span, id, arguments, result)
                        : new Statement.Call(span, function, arguments, result));
        return result == null ? null : new Expression.ReadLocal(span, result);
    }

    private static List<ExpressionNode> keysOf(ExpressionNode.Histogram e) {
        return e.statistic() instanceof ExpressionNode.Element element ? element.keys() : List.of();
    }

    /** The statistic of a histogram. */
    Global statistic(ExpressionNode.Histogram e) {
        return switch (e.statistic()) {
            case ExpressionNode.Element element -> array(element.array());
            case ExpressionNode.Variable scalar -> array(scalar.word());
            case ExpressionNode other ->
                throw new IllegalStateException(
                        "not a statistic: " + other.span().text());
        };
    }

    /** The keys of the statistic of a histogram. */
    List<Expression> keys(ExpressionNode.Histogram e) {
        return all(keysOf(e));
    }

    private Expression match(ExpressionNode.RegexMatch e) {
        var text = value(e.text());
        var found = body.temporary(Type.LONG, "t");
        body.emit(new Statement.Match(e.span(), text, e.pattern().bytes(), found));
        var read = new Expression.ReadLocal(e.span(), found);
        return e.negated() ? Folding.unary(e.span(), Expression.UnaryOperator.NOT, read) : read;
    }

    private Expression unary(ExpressionNode.Unary e) {
        var operand = value(e.operand());
        return switch (e.operator()) {
            case PLUS -> operand;
            case MINUS -> Folding.unary(e.span(), Expression.UnaryOperator.NEGATE, operand);
            case NOT -> Folding.unary(e.span(), Expression.UnaryOperator.NOT, operand);
            case COMPLEMENT -> Folding.unary(e.span(), Expression.UnaryOperator.COMPLEMENT, operand);
        };
    }

    private Expression binary(ExpressionNode.Binary e) {
        if (e.operator() == BinaryOperator.LOGICAL_AND || e.operator() == BinaryOperator.LOGICAL_OR) {
            return logical(e, e.operator() == BinaryOperator.LOGICAL_AND);
        }
        var operands = all(List.of(e.left(), e.right()));
        return operation(e.span(), e.operator(), operands.get(0), operands.get(1));
    }

    static Expression operation(Span span, BinaryOperator operator, Expression left, Expression right) {
        return switch (operator) {
            case OR -> Folding.binary(span, Expression.BinaryOperator.OR, left, right);
            case XOR -> Folding.binary(span, Expression.BinaryOperator.XOR, left, right);
            case AND -> Folding.binary(span, Expression.BinaryOperator.AND, left, right);
            case SHIFT_LEFT -> Folding.binary(span, Expression.BinaryOperator.SHIFT_LEFT, left, right);
            case SHIFT_RIGHT -> Folding.binary(span, Expression.BinaryOperator.SHIFT_RIGHT, left, right);
            case SHIFT_RIGHT_UNSIGNED ->
                Folding.binary(span, Expression.BinaryOperator.SHIFT_RIGHT_UNSIGNED, left, right);
            case ADD -> Folding.binary(span, Expression.BinaryOperator.ADD, left, right);
            case SUBTRACT -> Folding.binary(span, Expression.BinaryOperator.SUBTRACT, left, right);
            case MULTIPLY -> Folding.binary(span, Expression.BinaryOperator.MULTIPLY, left, right);
            case DIVIDE -> Folding.binary(span, Expression.BinaryOperator.DIVIDE, left, right);
            case MODULO -> Folding.binary(span, Expression.BinaryOperator.MODULO, left, right);
            case LESS -> new Expression.Compare(span, Relation.LESS, left, right);
            case GREATER -> new Expression.Compare(span, Relation.GREATER, left, right);
            case LESS_OR_EQUAL -> new Expression.Compare(span, Relation.LESS_OR_EQUAL, left, right);
            case GREATER_OR_EQUAL -> new Expression.Compare(span, Relation.GREATER_OR_EQUAL, left, right);
            case EQUAL -> equality(span, Relation.EQUAL, left, right);
            case NOT_EQUAL -> equality(span, Relation.NOT_EQUAL, left, right);
            case CONCATENATE -> Folding.concatenate(span, left, right);
            case LOGICAL_AND -> new Expression.And(span, left, right);
            case LOGICAL_OR -> new Expression.Or(span, left, right);
        };
    }

    /** {@code "literal" == x} -> {@code x == "literal"}: the back ends look for a literal on the right. */
    private static Expression equality(Span span, Relation relation, Expression left, Expression right) {
        return left instanceof Expression.StringLiteral && !(right instanceof Expression.StringLiteral)
                ? new Expression.Compare(span, relation, right, left)
                : new Expression.Compare(span, relation, left, right);
    }

    /** {@code a && effect} -> {@code t = 0; if (a) { effect; t = value != 0 }}. */
    private Expression logical(ExpressionNode.Binary e, boolean and) {
        var left = value(e.left());
        var right = new Expression[1];
        var effects = body.collect(e.right().span(), () -> right[0] = value(e.right()));
        if (effects.statements().isEmpty()) {
            return operation(e.span(), e.operator(), left, right[0]);
        }
        var result = body.temporary(Type.LONG, "t");
        var zero = new Expression.LongLiteral(e.span(), 0);
        var statements = new ArrayList<>(effects.statements());
        statements.add(new Statement.SetLocal(
                e.span(), result, new Expression.Compare(e.span(), Relation.NOT_EQUAL, right[0], zero)));
        var evaluate = new Statement.Block(e.right().span(), statements);
        var decided = new Statement.Block(
                e.span(),
                List.of(new Statement.SetLocal(e.span(), result, new Expression.LongLiteral(e.span(), and ? 0 : 1))));
        body.emit(new Statement.If(e.span(), left, and ? evaluate : decided, and ? decided : evaluate));
        return new Expression.ReadLocal(e.span(), result);
    }

    /** {@code a ? effect : b} -> {@code if (a) { effect; t = value } else t = b}. */
    private Expression conditional(ExpressionNode.Conditional e) {
        if (body.site().decide(e.condition()) instanceof Boolean taken) {
            return value(taken ? e.then() : e.otherwise());
        }
        var condition = value(e.condition());
        var values = new Expression[2];
        var then = body.collect(e.then().span(), () -> values[0] = value(e.then()));
        var otherwise = body.collect(e.otherwise().span(), () -> values[1] = value(e.otherwise()));
        if (then.statements().isEmpty() && otherwise.statements().isEmpty()) {
            return new Expression.Conditional(e.span(), condition, values[0], values[1]);
        }
        var result = body.temporary(values[0].type(), "t");
        body.emit(new Statement.If(
                e.span(), condition, ending(then, result, values[0]), ending(otherwise, result, values[1])));
        return new Expression.ReadLocal(e.span(), result);
    }

    private static Statement.Block ending(Statement.Block block, Local result, Expression value) {
        var statements = new ArrayList<>(block.statements());
        statements.add(new Statement.SetLocal(value.span(), result, value));
        return new Statement.Block(block.span(), statements);
    }
}
