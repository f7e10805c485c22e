package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short words to write IR in tests. All nodes stand at the start of one text unless a test says where. */
public final class Ir {
    public static final Span HERE = new Span(new SourceText("test.stp", "probe begin { }"), 0, 5);

    private Ir() {}

    public static Expression number(long value) {
        return new Expression.LongLiteral(HERE, value);
    }

    public static Expression text(String value) {
        return new Expression.StringLiteral(HERE, value);
    }

    public static Local local(int index, Type type) {
        return new Local(index, "l" + index, type, type == Type.STRING ? 512 : 8);
    }

    public static Expression read(Local local) {
        return new Expression.ReadLocal(HERE, local);
    }

    public static Expression read(Global global, Expression... keys) {
        return new Expression.ReadGlobal(HERE, global, List.of(keys));
    }

    public static Expression binary(Expression.BinaryOperator operator, Expression left, Expression right) {
        return new Expression.Binary(HERE, operator, left, right);
    }

    public static Expression compare(Expression.Relation relation, Expression left, Expression right) {
        return new Expression.Compare(HERE, relation, left, right);
    }

    public static Expression extract(Expression.Extractor extractor, Global global, Expression... keys) {
        return new Expression.Extract(HERE, extractor, global, List.of(keys));
    }

    public static Statement set(Local local, Expression value) {
        return new Statement.SetLocal(HERE, local, value);
    }

    public static Statement set(Global global, Expression value, Expression... keys) {
        return new Statement.SetGlobal(HERE, global, List.of(keys), value);
    }

    public static Statement add(Global global, Expression value, @Nullable Local result, Expression... keys) {
        return new Statement.AddGlobal(HERE, global, List.of(keys), value, result);
    }

    public static Statement feed(Global global, Expression value, Expression... keys) {
        return new Statement.Feed(HERE, global, List.of(keys), value);
    }

    public static Statement.Block block(Statement... statements) {
        return new Statement.Block(HERE, List.of(statements));
    }

    public static Statement when(Expression condition, Statement... then) {
        return new Statement.If(HERE, condition, block(then), block());
    }

    public static Statement foreach(
            Global global,
            List<Local> keys,
            Statement.@Nullable Sort sort,
            @Nullable Expression limit,
            Statement... body) {
        return new Statement.Foreach(HERE, global, keys, null, List.of(), sort, limit, block(body));
    }

    /** Prints each value followed by a space: numbers as {@code %d}, strings as {@code %s}. */
    public static Statement print(Expression... values) {
        var pieces = new ArrayList<Format.Piece>();
        for (var value : values) {
            var conversion = value.type() == Type.STRING ? Format.Conversion.STRING : Format.Conversion.DECIMAL;
            pieces.add(Format.Directive.plain(conversion));
            pieces.add(new Format.Text(" "));
        }
        return new Statement.Print(HERE, new Format(pieces), List.of(values));
    }

    public static Global scalar(int id, Type type, @Nullable Object initial) {
        return global(id, List.of(), type, 1, false, null, initial);
    }

    public static Global array(int id, Type value, int capacity, boolean wrap, Type... keys) {
        return global(id, List.of(keys), value, capacity, wrap, null, null);
    }

    public static Global global(
            int id,
            List<Type> keys,
            Type value,
            int capacity,
            boolean wrap,
            Global.@Nullable LinearScale linear,
            @Nullable Object initial) {
        return new Global(
                id,
                "g" + id,
                HERE,
                keys,
                keys.stream().map(type -> type == Type.STRING ? 512 : 8).toList(),
                Collections.nCopies(keys.size(), Global.KeyKind.PLAIN),
                value,
                value == Type.STRING ? 512 : value == Type.LONG ? 8 : 0,
                capacity,
                wrap,
                linear,
                initial,
                Global.Place.USER,
                false,
                false,
                Global.Unit.NONE,
                -1);
    }

    public static Handler handler(List<Local> locals, Statement... body) {
        return new Handler(
                0,
                HERE,
                new ProbePoint.Begin("begin", 0),
                Handler.Place.USER,
                locals,
                List.of(),
                List.of(),
                block(body));
    }

    public static Plan plan(List<Global> globals, List<Function> functions, Handler handler) {
        return new Plan(HERE.source(), globals, functions, List.of(handler), Limits.DEFAULT);
    }

    public static List<Object> keys(Object... parts) {
        return Arrays.asList(parts);
    }
}
