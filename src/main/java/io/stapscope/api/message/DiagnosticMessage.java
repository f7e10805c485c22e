package io.stapscope.api.message;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.source.LineIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A diagnostic; offsets and columns count UTF-16 units, lines and columns count from 1. */
public record DiagnosticMessage(
        String code,
        String severity,
        String message,
        String label,
        int start,
        int end,
        int line,
        int column,
        int endLine,
        int endColumn,
        List<String> notes,
        @Nullable FixMessage fix) {

    /** A change of the text that would cure it. */
    public record FixMessage(int start, int end, String replacement, String title) {}

    public static DiagnosticMessage of(Diagnostic diagnostic) {
        var span = diagnostic.span();
        var lines = LineIndex.of(span.source());
        var fix = diagnostic.fix();
        return new DiagnosticMessage(
                diagnostic.code().id(),
                diagnostic.severity().word(),
                diagnostic.message(),
                diagnostic.label(),
                span.start(),
                span.end(),
                lines.line(span.start()),
                lines.column(span.start()),
                lines.line(span.end()),
                lines.column(span.end()),
                diagnostic.notes(),
                fix == null
                        ? null
                        : new FixMessage(fix.span().start(), fix.span().end(), fix.replacement(), fix.title()));
    }

    public static List<DiagnosticMessage> all(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(DiagnosticMessage::of).toList();
    }
}
