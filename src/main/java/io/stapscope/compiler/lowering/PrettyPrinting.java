package io.stapscope.compiler.lowering;

import io.stapscope.compiler.analysis.MemoryPath;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Relation;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Piece;
import io.stapscope.compiler.source.Span;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.ctype.CType.IntKind;
import java.util.ArrayList;
import java.util.List;

/** {@code $x$} and {@code $x$$}: a value with its members as text, {@code {.a=1, .b=0x10, .c={...}}}. */
final class PrettyPrinting {
    /** What the original prints at most, so that a line stays readable. */
    private static final int MOST_VALUES = 32;

    private static final int MOST_ELEMENTS = 5;
    private static final int DEEPEST = 6;

    private static final Directive POINTER = new Directive(Conversion.HEX, '#', -1, false, -1, false);
    private static final Directive CHARACTER = new Directive(Conversion.CHARACTER, '#', -1, false, -1, false);
    private static final Directive QUOTED = new Directive(Conversion.STRING, '#', -1, false, -1, false);

    private final Span span;
    private final Space space;
    private final boolean deep;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Expression> arguments = new ArrayList<>();

    PrettyPrinting(Span span, Space space, boolean deep) {
        this.span = span;
        this.space = space;
        this.deep = deep;
    }

    /** The text of what stands at the end of a path. */
    Expression value(MemoryPath path, Expression address) {
        if (path.isBitField()) {
            var value = MemoryLowering.load(span, space, path.type(), address, path.bitOffset(), path.bitSize());
            number(path.type(), value);
            return formatted();
        }
        if (!path.place()) {
            return value(path.type(), address);
        }
        if (path.type() instanceof CType.Pointer pointer && pointer.target() instanceof CType.Struct) {
            return value(pointer, MemoryLowering.pointer(span, space, address));
        }
        print(path.type(), address, 0);
        return formatted();
    }

    /** The text of a variable that lies in memory. */
    Expression place(CType type, Expression address) {
        if (type instanceof CType.Pointer pointer && pointer.target() instanceof CType.Struct) {
            return value(pointer, MemoryLowering.pointer(span, space, address));
        }
        print(type, address, 0);
        return formatted();
    }

    /** The text of a value; a pointer to a struct is followed. */
    Expression value(CType type, Expression value) {
        if (!(type instanceof CType.Pointer pointer && pointer.target() instanceof CType.Struct struct)) {
            add(type, value);
            return formatted();
        }
        print(struct, value, 0);
        return value instanceof Expression.TraceArgument
                ? formatted()
                : new Expression.Conditional(
                        span,
                        new Expression.Compare(span, Relation.EQUAL, value, new Expression.LongLiteral(span, 0)),
                        new Expression.StringLiteral(span, "ERROR"),
                        formatted());
    }

    /** What stands at an address. */
    private void print(CType type, Expression address, int depth) {
        switch (type) {
            case CType.Struct struct -> struct(struct, address, depth);
            case CType.Array array -> array(array, address, depth);
            case CType.Function _, CType.Incomplete _ -> add(POINTER, address);
            case CType.Int _, CType.Enumeration _, CType.Pointer _, CType.Floating _ ->
                add(type, MemoryLowering.load(span, space, type, address, 0, 0));
        }
    }

    /** A number that has been read. */
    private void add(CType type, Expression value) {
        if (type instanceof CType.Pointer pointer && isCharacter(pointer.target())) {
            text.append('"');
            var unknown = new Expression.StringLiteral(span, "<unknown>");
            add(QUOTED, new Expression.LoadString(span, space, value, null, unknown));
            text.append('"');
        } else {
            number(type, value);
        }
    }

    private void number(CType type, Expression value) {
        switch (type) {
            case CType.Int t
            when t.kind() == IntKind.CHARACTER -> {
                text.append('\'');
                add(CHARACTER, value);
                text.append('\'');
            }
            case CType.Int t -> add(Directive.plain(t.signed() ? Conversion.DECIMAL : Conversion.UNSIGNED), value);
            case CType.Enumeration _ -> add(Directive.plain(Conversion.DECIMAL), value);
            case CType.Pointer _,
                    CType.Floating _,
                    CType.Array _,
                    CType.Struct _,
                    CType.Function _,
                    CType.Incomplete _ -> add(POINTER, value);
        }
    }

    private void struct(CType.Struct struct, Expression address, int depth) {
        if (depth > 0 && !deep || depth > DEEPEST) {
            text.append("{...}");
            return;
        }
        text.append('{');
        var separator = "";
        for (var member : struct.flattened()) {
            text.append(separator);
            separator = ", ";
            if (arguments.size() >= MOST_VALUES) {
                text.append("...");
                break;
            }
            text.append('.').append(member.name()).append('=');
            var place = MemoryLowering.plus(span, address, member.offset());
            if (member.isBitField()) {
                number(
                        member.type(),
                        MemoryLowering.load(span, space, member.type(), place, member.bitOffset(), member.bitSize()));
            } else {
                print(member.type(), place, depth + 1);
            }
        }
        text.append('}');
    }

    private void array(CType.Array array, Expression address, int depth) {
        if (isCharacter(array.element())) {
            text.append('"');
            var limit = new Expression.LongLiteral(span, array.count());
            var unknown = new Expression.StringLiteral(span, "<unknown>");
            add(QUOTED, new Expression.LoadString(span, space, address, limit, unknown));
            text.append('"');
            return;
        }
        if (depth > 0 && !deep || depth > DEEPEST) {
            text.append("[...]");
            return;
        }
        text.append('[');
        long shown = Math.min(array.count(), MOST_ELEMENTS);
        for (long i = 0; i < shown && arguments.size() < MOST_VALUES; i++) {
            text.append(i == 0 ? "" : ", ");
            print(
                    array.element(),
                    MemoryLowering.plus(span, address, i * array.element().size()),
                    depth + 1);
        }
        text.append(array.count() > shown ? ", ...]" : "]");
    }

    private static boolean isCharacter(CType type) {
        return type instanceof CType.Int number && number.kind() == IntKind.CHARACTER;
    }

    private void add(Directive directive, Expression value) {
        flush();
        pieces.add(directive);
        arguments.add(value);
    }

    private void flush() {
        if (!text.isEmpty()) {
            pieces.add(new Format.Text(text.toString()));
            text.setLength(0);
        }
    }

    private Expression formatted() {
        flush();
        return new Expression.Formatted(span, new Format(pieces), arguments);
    }
}
