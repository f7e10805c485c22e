package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Piece;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code $} variables that a probe point offers, and the IR they stand for. */
public final class ContextVariables {
    private static final List<String> AT_ENTRY =
            List.of("$syscall", "$arg1", "$arg2", "$arg3", "$arg4", "$arg5", "$arg6", "$$parms");
    private static final List<String> AT_RETURN = List.of("$syscall", "$return", "$$return");
    private static final Directive POINTER = new Directive(Conversion.HEX, '#', -1, false, -1, false);

    private ContextVariables() {}

    /** The event whose variables a point offers; null when it offers none. */
    public static @Nullable Event event(ProbePoint point) {
        return point instanceof ProbePoint.Process process ? process.event() : null;
    }

    /** Names of the variables of an event. */
    public static List<String> available(@Nullable Event event) {
        return switch (event) {
            case SYSCALL -> AT_ENTRY;
            case SYSCALL_RETURN -> AT_RETURN;
            case BEGIN, END, THREAD_BEGIN, THREAD_END -> List.of();
            case null -> List.of();
        };
    }

    public static boolean has(@Nullable Event event, String name) {
        return available(event).contains(name);
    }

    /** The value of a variable that the event has. */
    public static Expression read(String name, Span span) {
        return switch (name) {
            case "$syscall" -> new Expression.Context(span, ContextValue.SYSCALL);
            case "$return" -> new Expression.Context(span, ContextValue.RETURN);
            case "$$parms" -> parameters(span);
            case "$$return" ->
                new Expression.Formatted(
                        span,
                        new Format(List.of(new Format.Text("return="), POINTER)),
                        List.of(new Expression.Context(span, ContextValue.RETURN)));
            default -> new Expression.Argument(span, name.charAt(name.length() - 1) - '0');
        };
    }

    private static Expression parameters(Span span) {
        var pieces = new ArrayList<Piece>();
        var arguments = new ArrayList<Expression>();
        for (int i = 1; i <= 6; i++) {
            pieces.add(new Format.Text((i == 1 ? "" : " ") + "$arg" + i + "="));
            pieces.add(POINTER);
            arguments.add(new Expression.Argument(span, i));
        }
        return new Expression.Formatted(span, new Format(pieces), arguments);
    }

    /** Why an event does not have a variable, and what to do. */
    public static Diagnostic missing(@Nullable Event event, String name, Span span) {
        if (event == Event.SYSCALL_RETURN && has(Event.SYSCALL, name)) {
            var diagnostic = diagnostic(
                            span,
                            "`" + name + "` is not available in .return: only .syscall supports $argN",
                            "only at entry")
                    .withNote("available here: " + String.join(", ", AT_RETURN));
            if (name.equals("$$parms")) {
                return diagnostic.withNote("keep each argument of the entry: @entry($arg1), @entry($arg2) and so on");
            }
            return diagnostic
                    .withNote("keep the value of the entry: @entry(" + name + ")")
                    .withFix(new Fix(span, "@entry(" + name + ")", "replace by `@entry(" + name + ")`"));
        }
        if (event == Event.SYSCALL && has(Event.SYSCALL_RETURN, name)) {
            return diagnostic(span, "`" + name + "` is not available when a system call is entered", "only at return")
                    .withNote("available here: " + String.join(", ", AT_ENTRY))
                    .withNote("probe .syscall.return to see it");
        }
        var names = available(event);
        var diagnostic =
                diagnostic(span, "`" + name + "` is not a variable of this probe point", "unknown context variable");
        if (names.isEmpty()) {
            return diagnostic.withNote(
                    "this probe point has no context variables; .syscall and .syscall.return have some");
        }
        diagnostic = diagnostic.withNote("available here: " + String.join(", ", names));
        var nearest = Spelling.nearest(name, names);
        return nearest == null
                ? diagnostic
                : diagnostic
                        .withNote("did you mean `" + nearest + "`?")
                        .withFix(new Fix(span, nearest, "replace by `" + nearest + "`"));
    }

    private static Diagnostic diagnostic(Span span, String message, String label) {
        return Diagnostic.of(DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE, span, message, label);
    }
}
