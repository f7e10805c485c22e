package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Component;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A probe point without braces, as the families read it: words with their arguments. */
record WrittenPoint(Span span, List<Component.Plain> parts) {
    /** The whole point, put together: an alias or a wildcard has written only a part of it. */
    String text() {
        return parts.stream()
                .map(part -> part.argument() == null
                        ? part.text()
                        : part.text() + "(" + part.argument().span().text() + ")")
                .collect(Collectors.joining("."));
    }

    String word(int part) {
        return parts.get(part).text();
    }

    /** The words from a part on, joined by dots. */
    String wordsFrom(int part) {
        return parts.stream().skip(part).map(Component.Plain::text).collect(Collectors.joining("."));
    }

    /** The span from a part to the end. */
    Span spanFrom(int part) {
        var first = parts.get(part).span();
        var last = parts.getLast().span();
        // Behind the name of an alias, the last part stands elsewhere.
        return span.contains(first) && span.contains(last) ? Span.covering(first, last) : last;
    }

    @Nullable
    ExpressionNode argument(int part) {
        return parts.get(part).argument();
    }

    @Nullable
    Long number(int part) {
        return argument(part) instanceof ExpressionNode.NumberLiteral literal ? (Long) literal.value() : null;
    }

    ExpressionNode.@Nullable StringLiteral string(int part) {
        return argument(part) instanceof ExpressionNode.StringLiteral literal ? literal : null;
    }

    /** The first part from {@code from} on that has an argument, or null. */
    Component.@Nullable Plain withArgument(int from) {
        return parts.stream()
                .skip(from)
                .filter(part -> part.argument() != null)
                .findFirst()
                .orElse(null);
    }

    Resolution wrongArgument(int part, String message, String... notes) {
        return new Resolution.Wrong(
                Diagnostic.of(DiagnosticCode.BAD_PROBE_ARGUMENT, parts.get(part).span(), message, "here", notes));
    }

    /** There is no such word at this place; tells those that are. */
    Resolution unknown(int part, List<String> known) {
        Span where = spanFrom(part);
        var written = wordsFrom(part);
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                where,
                "`" + text() + "` is not a probe point",
                "unknown",
                "available here: " + String.join(", ", known));
        var nearest = Spelling.nearest(written, known);
        return new Resolution.Missing(
                nearest == null || withArgument(part) != null ? diagnostic : diagnostic.suggesting(where, nearest));
    }
}
