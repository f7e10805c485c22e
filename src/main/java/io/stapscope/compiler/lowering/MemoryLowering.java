package io.stapscope.compiler.lowering;

import io.stapscope.compiler.analysis.CTypes;
import io.stapscope.compiler.analysis.MemoryPath;
import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.AtOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.ctype.CType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Turns {@code ->}, {@code []} and {@code &} into addresses and loads. */
final class MemoryLowering {
    private static final int MOST_NAMES = 256;

    private final BodyLowering body;
    private final ExpressionLowering expressions;

    MemoryLowering(BodyLowering body, ExpressionLowering expressions) {
        this.body = body;
        this.expressions = expressions;
    }

    Expression access(ExpressionNode.Access e) {
        if (CTypes.isList(e)) {
            return list(e);
        }
        var path = body.site().path(e);
        if (e.suffixes().getLast() instanceof ExpressionNode.Suffix.Pretty pretty) {
            return new PrettyPrinting(e.span(), path.space(), pretty.deep()).value(path, kept(address(e.span(), path)));
        }
        return value(e.span(), path, address(e.span(), path));
    }

    /** An address that is used many times is computed once. */
    private Expression kept(Expression address) {
        return switch (address) {
            case Expression.TraceArgument _, Expression.Register _, Expression.Context _, Expression.ReadLocal _ ->
                address;
            case Expression.Binary(var _, var _, Expression.TraceArgument _, Expression.LongLiteral _) -> address;
            case Expression _ -> body.pin(address);
        };
    }

    Expression addressOf(ExpressionNode.AddressOf e) {
        var path = body.site().path(e);
        return address(e.span(), path);
    }

    /** {@code $$vars$}: each variable with its contents. */
    private Expression list(ExpressionNode.Access e) {
        boolean deep = ((ExpressionNode.Suffix.Pretty) e.suffixes().getLast()).deep();
        var pieces = new ArrayList<Format.Piece>();
        var values = new ArrayList<Expression>();
        var name = ((ExpressionNode.TargetVariable) e.base()).name();
        var text = new StringBuilder();
        for (var each : body.context().listed(name)) {
            text.append(pieces.isEmpty() && text.isEmpty() ? "" : " ")
                    .append(each.name())
                    .append('=');
            var variable = each.variable();
            if (variable == null) {
                text.append('?');
                continue;
            }
            pieces.add(new Format.Text(text.toString()));
            text.setLength(0);
            if (variable.ctype() == null) {
                pieces.add(new Format.Directive(Format.Conversion.HEX, '#', -1, false, -1, false));
                values.add(variable.read(e.span()));
            } else {
                pieces.add(Format.Directive.plain(Format.Conversion.STRING));
                var printing = new PrettyPrinting(e.span(), variable.space(), deep);
                values.add(
                        variable.place() == null
                                ? printing.value(variable.ctype(), variable.read(e.span()))
                                : printing.place(
                                        variable.ctype(), kept(variable.place().at(e.span()))));
            }
        }
        if (!text.isEmpty()) {
            pieces.add(new Format.Text(text.toString()));
        }
        return values.isEmpty()
                ? new Expression.StringLiteral(e.span(), text.toString())
                : new Expression.Formatted(e.span(), new Format(pieces), values);
    }

    Expression operation(ExpressionNode.AtOperation e) {
        var types = body.program().symbols().cTypes();
        return switch (e.operator()) {
            case ENUM, CONST ->
                new Expression.LongLiteral(
                        e.span(), types.constant(e, body.context()).orElseThrow());
            case ENUMNAME -> enumerationName(e);
            case KDEREF, UDEREF -> {
                var size = (ExpressionNode.NumberLiteral) e.arguments().get(0);
                var space = e.operator() == AtOperator.KDEREF ? Space.KERNEL : Space.USER;
                var address = expressions.value(e.arguments().get(1));
                yield new Expression.Load(
                        e.span(), space, address, (int) size.value(), false, 0, (int) size.value() * Byte.SIZE);
            }
            case UREGISTER ->
                new Expression.Builtin(
                        e.span(),
                        BuiltinFunction.USER_REGISTER,
                        List.of(expressions.value(e.arguments().getFirst())));
            case ERRNO, PERF, PROBEWRITE, KREGISTER ->
                throw new IllegalStateException("not refused: " + e.span().text());
        };
    }

    /** A chain of choices: an enumeration has few names, and they may be far apart. */
    private Expression enumerationName(ExpressionNode.AtOperation e) {
        var constants = body.program()
                .symbols()
                .cTypes()
                .enumeration(e, body.context())
                .orElseThrow()
                .constants()
                .get();
        var value = body.pin(expressions.value(e.arguments().getFirst()));
        Expression name = new Expression.StringLiteral(e.span(), "");
        for (var constant : constants.reversed().stream().limit(MOST_NAMES).toList()) {
            var number = new Expression.LongLiteral(e.span(), constant.value());
            name = new Expression.Conditional(
                    e.span(),
                    new Expression.Compare(e.span(), Expression.Relation.EQUAL, value, number),
                    new Expression.StringLiteral(e.span(), constant.name()),
                    name);
        }
        return name;
    }

    /** The address at the end of a path; the base itself when the path goes nowhere. */
    private Expression address(Span span, MemoryPath path) {
        var nodes = new ArrayList<ExpressionNode>();
        if (!path.inPlace()) {
            nodes.add(path.base());
        }
        for (var step : path.steps()) {
            if (step instanceof MemoryPath.Step.Scaled(var index, var _)) {
                nodes.add(index);
            }
        }
        var values = expressions.all(nodes).iterator();
        var address = path.inPlace() ? place(path.base()) : values.next();
        for (var step : path.steps()) {
            address = switch (step) {
                case MemoryPath.Step.Follow _ -> pointer(span, path.space(), address);
                case MemoryPath.Step.Offset(var bytes) -> plus(span, address, bytes);
                case MemoryPath.Step.Scaled(var _, var size) ->
                    Folding.binary(
                            span,
                            BinaryOperator.ADD,
                            address,
                            Folding.binary(
                                    span,
                                    BinaryOperator.MULTIPLY,
                                    values.next(),
                                    new Expression.LongLiteral(span, size)));
            };
        }
        return address;
    }

    /** Where a variable lies. */
    private Expression place(ExpressionNode base) {
        var variable = Objects.requireNonNull(body.program().symbols().cTypes().offered(base, body.context()));
        return Objects.requireNonNull(variable.place()).at(base.span());
    }

    private static Expression value(Span span, MemoryPath path, Expression address) {
        return path.place()
                ? load(span, path.space(), path.type(), address, path.bitOffset(), path.bitSize())
                : address;
    }

    static Expression pointer(Span span, Space space, Expression address) {
        return new Expression.Load(span, space, address, Long.BYTES, false, 0, Long.SIZE);
    }

    /** {@code address + bytes}, in one addition with what was added before. */
    static Expression plus(Span span, Expression address, long bytes) {
        if (address
                        instanceof
                        Expression.Binary(var _, var operator, var base, Expression.LongLiteral(var _, var before))
                && operator == BinaryOperator.ADD) {
            return plus(span, base, before + bytes);
        }
        return bytes == 0
                ? address
                : new Expression.Binary(span, BinaryOperator.ADD, address, new Expression.LongLiteral(span, bytes));
    }

    /** The value of a type at an address; what cannot be a number is its address. */
    static Expression load(Span span, Space space, CType type, Expression address, int bitOffset, int bitSize) {
        return switch (type) {
            case CType.Int t -> number(span, space, address, t.size(), t.signed(), bitOffset, bitSize);
            case CType.Enumeration t -> number(span, space, address, t.size(), t.signed(), bitOffset, bitSize);
            case CType.Pointer _ -> pointer(span, space, address);
            case CType.Floating t -> number(span, space, address, Math.min(t.size(), Long.BYTES), false, 0, 0);
            case CType.Array _, CType.Struct _, CType.Function _, CType.Incomplete _ -> address;
        };
    }

    private static Expression number(
            Span span, Space space, Expression address, long size, boolean signed, int bitOffset, int bitSize) {
        // A number of 16 bytes is given by its lower half, which comes first.
        int bytes = (int) Math.min(size, Long.BYTES);
        int bits = bitSize == 0 ? bytes * Byte.SIZE : bitSize;
        return new Expression.Load(span, space, address, bytes, signed, bitOffset, bits);
    }
}
