package io.stapscope.compiler.probe;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Piece;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.program.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes context variables of the variables of a program. */
final class UserVariables {
    private static final Directive POINTER = new Directive(Conversion.HEX, '#', -1, false, -1, false);

    private UserVariables() {}

    /** Why there is no value, a clause; null when there is one. */
    static @Nullable String problem(Variable variable) {
        var problem = UserValues.problem(variable.location());
        if (problem != null || variable.location() instanceof Location.Memory) {
            return problem;
        }
        return switch (variable.type()) {
            case CType.Int _, CType.Enumeration _, CType.Pointer _ -> null;
            case CType.Struct _, CType.Array _ -> "it is kept in registers, which have no members";
            case CType.Floating _ -> "it is a floating point number in a register";
            case CType.Function _, CType.Incomplete _ -> "its type has no values";
        };
    }

    /** @return null for one that cannot be read */
    static @Nullable ContextVariable of(Variable variable) {
        if (problem(variable) != null) {
            return null;
        }
        var type = variable.type();
        var place = variable.location() instanceof Location.Memory(var address) ? new UserValues.Whole(address) : null;
        ContextVariable.Reading reading = UserValues.isNumber(type) || place == null
                ? new UserValues.Number(variable.location(), type.size(), UserValues.isSigned(type))
                // An array is the address of its first element.
                : place;
        return new ContextVariable(
                "$" + variable.name(), Type.LONG, "Of the type " + type.name() + ".", type, reading, Space.USER, place);
    }

    /** {@code $$parms} and its kin: {@code n=0x1 p=? ...}. */
    static ContextVariable list(String name, String documentation, List<PointContext.Listed> all) {
        return new ContextVariable(
                name,
                Type.STRING,
                documentation,
                new Listing(all.stream()
                        .map(each -> new Entry(
                                each.name(),
                                each.variable() != null && isShown(each.variable())
                                        ? each.variable().reading()
                                        : null))
                        .toList()));
    }

    /** Structs and floating point numbers have no value that is a number. */
    private static boolean isShown(ContextVariable variable) {
        return variable.ctype() == null
                || UserValues.isNumber(variable.ctype())
                || variable.ctype() instanceof CType.Array;
    }

    private record Entry(String name, ContextVariable.@Nullable Reading reading) {}

    private record Listing(List<Entry> entries) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            var pieces = new ArrayList<Piece>();
            var arguments = new ArrayList<Expression>();
            var text = new StringBuilder();
            for (var entry : entries) {
                text.append(pieces.isEmpty() && text.isEmpty() ? "" : " ")
                        .append(entry.name())
                        .append('=');
                if (entry.reading() == null) {
                    text.append('?');
                } else {
                    pieces.add(new Format.Text(text.toString()));
                    text.setLength(0);
                    pieces.add(POINTER);
                    arguments.add(entry.reading().at(span));
                }
            }
            if (arguments.isEmpty()) {
                return new Expression.StringLiteral(span, text.toString());
            }
            if (!text.isEmpty()) {
                pieces.add(new Format.Text(text.toString()));
            }
            return new Expression.Formatted(span, new Format(pieces), arguments);
        }
    }
}
