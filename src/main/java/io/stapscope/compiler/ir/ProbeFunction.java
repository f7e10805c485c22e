package io.stapscope.compiler.ir;

import java.util.regex.Pattern;

/** The function that the text of a probe point names. */
public final class ProbeFunction {
    private static final Pattern FUNCTION = Pattern.compile("(?:function|statement|callee|plt)\\(\"([^@\"]+)");

    private ProbeFunction() {}

    /** "" when the point is not in a function. */
    public static String of(String point) {
        var found = FUNCTION.matcher(point);
        return found.find() ? found.group(1) : "";
    }
}
