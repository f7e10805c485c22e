package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Piece;
import java.util.ArrayList;
import java.util.List;

/** Makes {@code %m} and {@code %M} directives of single bytes, each read from memory at the hit. */
record MemoryDirectives(Format format, List<Expression> values) {
    private static final Directive HEX = new Directive(Conversion.HEX, '0', 2, false, -1, false);
    private static final Directive BYTE = Directive.plain(Conversion.CHARACTER);

    static MemoryDirectives lower(Format format, List<Expression> values) {
        var pieces = new ArrayList<Piece>();
        var flat = new ArrayList<Expression>();
        int next = 0;
        for (var piece : format.pieces()) {
            if (!(piece instanceof Directive directive)) {
                pieces.add(piece);
                continue;
            }
            boolean hex = directive.conversion() == Conversion.MEMORY_HEX;
            if (!hex && directive.conversion() != Conversion.MEMORY) {
                pieces.add(piece);
                int taken = 1 + (directive.widthArgument() ? 1 : 0) + (directive.precisionArgument() ? 1 : 0);
                flat.addAll(values.subList(next, next + taken));
                next += taken;
                continue;
            }
            var address = values.get(next++);
            for (int i = 0; i < Math.max(1, directive.precision()); i++) {
                pieces.add(hex ? HEX : BYTE);
                flat.add(read(address, i, directive.flag() == '#' ? Space.USER : Space.KERNEL));
            }
        }
        return new MemoryDirectives(new Format(pieces), flat);
    }

    private static Expression read(Expression address, int offset, Space space) {
        var span = address.span();
        var place = offset == 0
                ? address
                : new Expression.Binary(
                        span, Expression.BinaryOperator.ADD, address, new Expression.LongLiteral(span, offset));
        return new Expression.Load(span, space, place, 1, false, 0, 8, null);
    }
}
