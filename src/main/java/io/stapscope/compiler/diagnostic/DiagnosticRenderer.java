package io.stapscope.compiler.diagnostic;

import io.stapscope.compiler.source.LineIndex;
import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints a diagnostic for a terminal:
 *
 * <pre>
 * error[E0304]: `$cnt` is not a variable of this probe point
 *   --> latency.stp:4:32
 *    |
 *  4 | probe syscall.read { sizes &lt;&lt;&lt; $cnt }
 *    |                                ^^^^ unknown context variable
 *    = available here: $fd, $buf, $count
 *    = help: replace by `$count`
 * </pre>
 */
public final class DiagnosticRenderer {
    /** Source lines longer than this are cut around the caret. */
    private static final int WIDEST = 160;

    private static final int BEFORE_CARET = 60;

    private DiagnosticRenderer() {}

    public static String render(Diagnostic diagnostic) {
        Span span = diagnostic.span();
        var index = LineIndex.of(span.source());
        int line = index.line(span.start());
        int column = index.column(span.start());
        String number = String.valueOf(line);
        String gutter = " ".repeat(number.length() + 2);

        var out = new StringBuilder();
        out.append(diagnostic.severity().word());
        out.append('[').append(diagnostic.code().id()).append("]: ");
        out.append(diagnostic.message()).append('\n');
        out.append(" ".repeat(number.length() + 1)).append("--> ");
        out.append(span.source().name())
                .append(':')
                .append(line)
                .append(':')
                .append(column)
                .append('\n');
        out.append(gutter).append("|\n");
        appendExcerpt(out, index.lineText(line), line, column - 1, span, gutter, diagnostic.label());
        for (String remark : remarks(diagnostic)) {
            out.append(gutter).append("= ").append(remark).append('\n');
        }
        return out.toString();
    }

    /** All of them, with an empty line between. */
    public static String render(List<Diagnostic> diagnostics) {
        return String.join(
                "\n", diagnostics.stream().map(DiagnosticRenderer::render).toList());
    }

    private static List<String> remarks(Diagnostic diagnostic) {
        var remarks = new ArrayList<>(diagnostic.notes());
        var fix = diagnostic.fix();
        if (fix != null) {
            remarks.add("help: " + fix.title());
        }
        return remarks;
    }

    private static void appendExcerpt(
            StringBuilder out, String text, int line, int from, Span span, String gutter, String label) {
        int start = Math.min(from, text.length());
        // A span over several lines is underlined to the end of its first line.
        int end = Math.clamp((long) from + span.end() - span.start(), start, text.length());
        int first = text.length() > WIDEST ? Math.max(0, start - BEFORE_CARET) : 0;
        if (first > 0 && Character.isLowSurrogate(text.charAt(first))) {
            first--;
        }
        int last = Math.min(text.length(), first + WIDEST);
        String cut = first > 0 ? "..." : "";
        var before = new Columns();
        before.append(cut + text.substring(first, start));
        int left = before.width();
        before.append(text.substring(start, Math.max(start, Math.min(end, last))));
        int carets = Math.max(1, before.width() - left);
        before.append(text.substring(Math.max(start, Math.min(end, last)), last));

        out.append(' ').append(line).append(" | ");
        out.append(before.text()).append(last < text.length() ? "..." : "").append('\n');
        out.append(gutter).append("| ").append(" ".repeat(left)).append("^".repeat(carets));
        out.append(label.isEmpty() ? "" : " " + label).append('\n');
    }
}
