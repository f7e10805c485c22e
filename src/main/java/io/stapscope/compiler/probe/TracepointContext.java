package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Piece;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.TracepointParameter;
import io.stapscope.host.ctype.CType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tracepoint offers: its parameters by the names of the kernel's source.
 *
 * @param system the group of the tracepoint, empty when it is not known
 */
record TracepointContext(String name, String system, List<TracepointParameter> parameters) implements PointContext {
    private static final Directive POINTER = new Directive(Conversion.HEX, '#', -1, false, -1, false);

    TracepointContext {
        parameters = List.copyOf(parameters);
    }

    @Override
    public List<ContextVariable> variables() {
        var all = new ArrayList<ContextVariable>();
        for (int i = 0; i < parameters.size(); i++) {
            int index = i;
            var parameter = parameters.get(i);
            all.add(new ContextVariable(
                    "$" + parameter.name(),
                    Type.LONG,
                    "Parameter " + (i + 1) + " of the tracepoint, a "
                            + parameter.type().name() + ".",
                    parameter.type(),
                    span -> argument(span, index)));
        }
        all.add(text("$$name", "Name of the tracepoint.", name));
        all.add(text("$$system", "Group of the tracepoint.", system));
        all.add(new ContextVariable("$$vars", Type.STRING, "All parameters as name=0x...", this::list));
        all.add(new ContextVariable("$$parms", Type.STRING, "All parameters as name=0x...", this::list));
        return all;
    }

    private static ContextVariable text(String name, String documentation, String text) {
        return new ContextVariable(name, Type.STRING, documentation, span -> new Expression.StringLiteral(span, text));
    }

    /** The kernel hands over 64 bits with zeros above a narrower value. */
    private Expression argument(Span span, int index) {
        var raw = new Expression.TraceArgument(span, index);
        if (!(parameters.get(index).type() instanceof CType.Int(var _, var size, var signed, var _))
                || !signed
                || size >= Long.BYTES) {
            return raw;
        }
        var bits = new Expression.LongLiteral(span, Long.SIZE - size * Byte.SIZE);
        return new Expression.Binary(
                span,
                BinaryOperator.SHIFT_RIGHT,
                new Expression.Binary(span, BinaryOperator.SHIFT_LEFT, raw, bits),
                bits);
    }

    private Expression list(Span span) {
        var pieces = new ArrayList<Piece>();
        var arguments = new ArrayList<Expression>();
        for (int i = 0; i < parameters.size(); i++) {
            pieces.add(new Format.Text((i == 0 ? "" : " ") + parameters.get(i).name() + "="));
            pieces.add(POINTER);
            arguments.add(argument(span, i));
        }
        return new Expression.Formatted(span, new Format(pieces), arguments);
    }

    /** The thread that reaches the tracepoint may be one of a process. */
    @Override
    public boolean hasUserMemory() {
        return true;
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        var names = variables().stream().map(ContextVariable::name).toList();
        var diagnostic = Diagnostic.of(
                        DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                        span,
                        "`" + name + "` is not a variable of the tracepoint " + this.name,
                        "unknown context variable")
                .withNote("available here: " + String.join(", ", names));
        var nearest = Spelling.nearest(name, names);
        return diagnostic.suggesting(span, nearest);
    }
}
