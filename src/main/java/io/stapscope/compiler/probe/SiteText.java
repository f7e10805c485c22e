package io.stapscope.compiler.probe;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import io.stapscope.compiler.source.Span;
import java.util.regex.Pattern;

/** {@code $$name}: a text that differs between the places of one point; lowering knows which places these are. */
public record SiteText() implements ContextVariable.Reading {
    private static final Pattern NAME = Pattern.compile("\\.(?:mark|plt)\\(\"([^\"]*)\"\\)");

    /** The name of a place. */
    public static String of(CodeSite site) {
        var found = NAME.matcher(site.text());
        return found.find() ? found.group(1) : site.function();
    }

    @Override
    public Expression at(Span span) {
        throw new IllegalStateException("needs the places");
    }
}
