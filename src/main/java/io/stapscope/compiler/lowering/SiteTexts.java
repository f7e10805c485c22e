package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.ProbePoint.Code;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import io.stapscope.compiler.ir.TextTable;
import io.stapscope.compiler.probe.SiteText;
import io.stapscope.compiler.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Texts that differ between the places of one point: by the number of the place. */
final class SiteTexts {
    private SiteTexts() {}

    /** What {@code pp()} gives. */
    static Expression points(Span span, Code point) {
        return text(span, point, "points", CodeSite::text);
    }

    /** What {@code probefunc()} gives. */
    static Expression functions(Span span, Code point) {
        return text(span, point, "functions", CodeSite::function);
    }

    /** What {@code $$name} gives. */
    static Expression names(Span span, Code point) {
        return text(span, point, "names", SiteText::of);
    }

    private static Expression text(Span span, Code point, String what, Function<CodeSite, String> of) {
        var texts = point.sites().stream().map(of.andThen(SiteTexts::bytes)).toList();
        return texts.stream().distinct().count() == 1
                ? new Expression.StringLiteral(span, texts.getFirst())
                : new Expression.TableText(
                        span,
                        new TextTable(what + " " + identity(point, texts), texts, ""),
                        new Expression.Context(span, ContextValue.SITE));
    }

    /** The name of a table tells it from those of other points. */
    private static String identity(Code point, List<String> texts) {
        return point.path() + " " + Integer.toHexString(texts.hashCode()) + " " + texts.size();
    }

    /** One char for each byte, as all texts of a plan. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
