package io.stapscope.compiler.lowering;

import io.stapscope.compiler.analysis.GlobalSymbol;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.AssignOperator;
import io.stapscope.compiler.syntax.tree.BinaryOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assignments, steps and feeds: statements, and the value they leave when somebody reads it. */
final class AssignmentLowering {
    private final BodyLowering body;
    private final ExpressionLowering expressions;

    AssignmentLowering(BodyLowering body, ExpressionLowering expressions) {
        this.body = body;
        this.expressions = expressions;
    }

    /** What is written: a local, or a global with keys. */
    private sealed interface Place {
        record OfLocal(Local local) implements Place {}

        record OfGlobal(Global global, List<Expression> keys) implements Place {}
    }

    /** The place and the value, computed from left to right. */
    private record Prepared(Place place, Expression value) {}

    @Nullable
    Expression assign(ExpressionNode.Assign e, boolean used) {
        if (e.target() instanceof ExpressionNode.TargetVariable) {
            // The only context variable that can be written is what the reader of a file gets.
            boolean append = e.operator() == AssignOperator.CONCATENATE;
            body.emit(new Statement.Answer(e.span(), expressions.value(e.value()), append));
            return used ? expressions.value(e.target()) : null;
        }
        var prepared = prepare(e.target(), e.value());
        return switch (e.operator()) {
            case SET -> set(e.span(), prepared, used);
            case FEED -> feed(e.span(), prepared, used);
            case ADD -> add(e.span(), prepared, used);
            case SUBTRACT -> {
                var negated = Folding.unary(e.span(), Expression.UnaryOperator.NEGATE, prepared.value());
                yield prepared.place() instanceof Place.OfGlobal
                        ? add(e.span(), new Prepared(prepared.place(), negated), used)
                        : update(e.span(), prepared, BinaryOperator.SUBTRACT, used);
            }
            case MULTIPLY, DIVIDE, MODULO, SHIFT_LEFT, SHIFT_RIGHT, AND, XOR, OR, CONCATENATE ->
                update(e.span(), prepared, operator(e.operator()), used);
        };
    }

    /** {@code x++} and its kin; the value before for the postfix form. */
    @Nullable
    Expression step(ExpressionNode.Step e, boolean used) {
        var one = new Expression.LongLiteral(e.span(), e.increment() ? 1 : -1);
        var place = prepare(e.target(), null).place();
        switch (place) {
            case Place.OfLocal(var local) -> {
                var read = new Expression.ReadLocal(e.target().span(), local);
                var before = used && !e.prefix() ? body.pin(read) : read;
                body.emit(new Statement.SetLocal(
                        e.span(), local, new Expression.Binary(e.span(), Expression.BinaryOperator.ADD, read, one)));
                return before;
            }
            case Place.OfGlobal _ -> {
                var after = add(e.span(), new Prepared(place, one), used);
                var back = new Expression.LongLiteral(e.span(), -one.value());
                return after == null || e.prefix()
                        ? after
                        : new Expression.Binary(e.span(), Expression.BinaryOperator.ADD, after, back);
            }
        }
    }

    private Prepared prepare(ExpressionNode target, @Nullable ExpressionNode value) {
        var parts = new ArrayList<ExpressionNode>();
        if (target instanceof ExpressionNode.Element element) {
            parts.addAll(element.keys());
        }
        if (value != null) {
            parts.add(value);
        }
        var values = new ArrayList<>(expressions.all(parts));
        var last = value == null ? new Expression.LongLiteral(target.span(), 0) : values.removeLast();
        var place =
                switch (target) {
                    case ExpressionNode.Element element ->
                        new Place.OfGlobal(expressions.array(element.array()), values);
                    case ExpressionNode.Variable variable -> place(variable.word());
                    case ExpressionNode other ->
                        throw new IllegalStateException(
                                "not refused: " + other.span().text());
                };
        return new Prepared(place, last);
    }

    private Place place(Name name) {
        return body.program().symbols().variable(body.scope(), name) instanceof GlobalSymbol global
                ? new Place.OfGlobal(body.program().global(global), new ArrayList<>())
                : new Place.OfLocal(body.local(name.text()));
    }

    private @Nullable Expression set(Span span, Prepared prepared, boolean used) {
        switch (prepared.place()) {
            case Place.OfLocal(var local) -> {
                body.emit(new Statement.SetLocal(span, local, prepared.value()));
                return new Expression.ReadLocal(span, local);
            }
            case Place.OfGlobal(var global, var keys) -> {
                var value = used && !expressions.isSteady(prepared.value())
                        ? pinAfter(keys, prepared.value())
                        : prepared.value();
                body.emit(new Statement.SetGlobal(span, global, keys, value));
                return used ? value : null;
            }
        }
    }

    /** Pins a value that is computed after keys, the keys first. */
    private Expression pinAfter(List<Expression> keys, Expression value) {
        pin(keys);
        return body.pin(value);
    }

    private void pin(List<Expression> keys) {
        keys.replaceAll(key -> expressions.isSteady(key) ? key : body.pin(key));
    }

    private @Nullable Expression feed(Span span, Prepared prepared, boolean used) {
        if (!(prepared.place() instanceof Place.OfGlobal(var global, var keys))) {
            throw new IllegalStateException("a local statistic");
        }
        var value =
                used && !expressions.isSteady(prepared.value()) ? pinAfter(keys, prepared.value()) : prepared.value();
        body.emit(new Statement.Feed(span, global, keys, value));
        return used ? value : null;
    }

    private @Nullable Expression add(Span span, Prepared prepared, boolean used) {
        if (!(prepared.place() instanceof Place.OfGlobal(var global, var keys))) {
            return update(span, prepared, BinaryOperator.ADD, used);
        }
        var result = used ? body.temporary(Type.LONG, "t") : null;
        body.emit(new Statement.AddGlobal(span, global, keys, prepared.value(), result));
        return result == null ? null : new Expression.ReadLocal(span, result);
    }

    /** {@code x op= v} -> {@code x = x op v}. */
    private @Nullable Expression update(Span span, Prepared prepared, BinaryOperator operator, boolean used) {
        Expression old;
        switch (prepared.place()) {
            case Place.OfLocal(var local) -> old = new Expression.ReadLocal(span, local);
            case Place.OfGlobal(var global, var keys) -> {
                // The keys are computed once although they are used twice.
                if (!keys.stream().allMatch(expressions::isSteady)) {
                    var value = pinAfter(keys, prepared.value());
                    prepared = new Prepared(prepared.place(), value);
                }
                old = new Expression.ReadGlobal(span, global, keys);
            }
        }
        var value = ExpressionLowering.operation(span, operator, old, prepared.value());
        return set(span, new Prepared(prepared.place(), value), used);
    }

    private static BinaryOperator operator(AssignOperator operator) {
        return switch (operator) {
            case ADD -> BinaryOperator.ADD;
            case SUBTRACT -> BinaryOperator.SUBTRACT;
            case MULTIPLY -> BinaryOperator.MULTIPLY;
            case DIVIDE -> BinaryOperator.DIVIDE;
            case MODULO -> BinaryOperator.MODULO;
            case SHIFT_LEFT -> BinaryOperator.SHIFT_LEFT;
            case SHIFT_RIGHT -> BinaryOperator.SHIFT_RIGHT;
            case AND -> BinaryOperator.AND;
            case XOR -> BinaryOperator.XOR;
            case OR -> BinaryOperator.OR;
            case CONCATENATE -> BinaryOperator.CONCATENATE;
            case SET, FEED -> throw new IllegalArgumentException(operator.symbol());
        };
    }
}
