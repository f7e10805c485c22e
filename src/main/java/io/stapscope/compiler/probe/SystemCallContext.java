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
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code .syscall} and {@code .syscall.return} of a process offer. */
record SystemCallContext(boolean atReturn) implements PointContext {
    private static final Directive POINTER = new Directive(Conversion.HEX, '#', -1, false, -1, false);
    private static final ContextVariable NUMBER = new ContextVariable(
            "$syscall",
            Type.LONG,
            "Number of the system call.",
            span -> new Expression.Context(span, ContextValue.SYSCALL));
    private static final List<ContextVariable> AT_ENTRY = atEntry();
    private static final List<ContextVariable> AT_RETURN = List.of(
            NUMBER,
            new ContextVariable(
                    "$return",
                    Type.LONG,
                    "Result of the system call.",
                    span -> new Expression.Context(span, ContextValue.RETURN)),
            new ContextVariable("$$return", Type.STRING, "The result as return=0x...", SystemCallContext::returnText));

    private static List<ContextVariable> atEntry() {
        var variables = new ArrayList<ContextVariable>();
        variables.add(NUMBER);
        for (int i = 1; i <= 6; i++) {
            int number = i;
            variables.add(new ContextVariable(
                    "$arg" + i,
                    Type.LONG,
                    "Argument " + i + " as the register holds it.",
                    span -> new Expression.Argument(span, number)));
        }
        variables.add(new ContextVariable(
                "$$parms", Type.STRING, "All six arguments as $arg1=0x...", SystemCallContext::parameters));
        return List.copyOf(variables);
    }

    private static Expression returnText(Span span) {
        return new Expression.Formatted(
                span,
                new Format(List.of(new Format.Text("return="), POINTER)),
                List.of(new Expression.Context(span, ContextValue.RETURN)));
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

    @Override
    public List<ContextVariable> variables() {
        return atReturn ? AT_RETURN : AT_ENTRY;
    }

    @Override
    public @Nullable PointContext entry() {
        return atReturn ? new SystemCallContext(false) : null;
    }

    @Override
    public boolean hasUserMemory() {
        return true;
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        if (atReturn && names(AT_ENTRY).contains(name)) {
            return onlyAtEntry(name, span);
        }
        if (!atReturn && names(AT_RETURN).contains(name)) {
            return diagnostic(span, "`" + name + "` is not available when a system call is entered", "only at return")
                    .withNote("available here: " + String.join(", ", names(AT_ENTRY)))
                    .withNote("probe .syscall.return to see it");
        }
        var names = names(variables());
        var diagnostic = diagnostic(
                        span, "`" + name + "` is not a variable of this probe point", "unknown context variable")
                .withNote("available here: " + String.join(", ", names));
        var nearest = Spelling.nearest(name, names);
        return diagnostic.suggesting(span, nearest);
    }

    private static Diagnostic onlyAtEntry(String name, Span span) {
        var diagnostic = diagnostic(
                        span,
                        "`" + name + "` is not available in .return: only .syscall supports $argN",
                        "only at entry")
                .withNote("available here: " + String.join(", ", names(AT_RETURN)));
        if (name.equals("$$parms")) {
            return diagnostic.withNote("keep each argument of the entry: @entry($arg1), @entry($arg2) and so on");
        }
        return diagnostic
                .withNote("keep the value of the entry: @entry(" + name + ")")
                .withFix(new Fix(span, "@entry(" + name + ")", "replace by `@entry(" + name + ")`"));
    }

    private static List<String> names(List<ContextVariable> variables) {
        return variables.stream().map(ContextVariable::name).toList();
    }

    private static Diagnostic diagnostic(Span span, String message, String label) {
        return Diagnostic.of(DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE, span, message, label);
    }
}
