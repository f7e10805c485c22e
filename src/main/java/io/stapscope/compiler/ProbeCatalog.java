package io.stapscope.compiler;

import io.stapscope.compiler.probe.ProbeFamilies;
import io.stapscope.compiler.probe.ProbePattern;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Every form of probe point there is, for lists and completion. */
public final class ProbeCatalog {
    private ProbeCatalog() {}

    public static List<ProbePattern> all() {
        return ProbeFamilies.patterns();
    }

    /** The forms that begin with a text, or that match it when it has a {@code *}. */
    public static List<ProbePattern> list(String prefix) {
        var pieces = prefix.split("\\*+", -1);
        var expression =
                String.join(".*", Arrays.stream(pieces).map(Pattern::quote).toList());
        var pattern = Pattern.compile(pieces.length == 1 ? expression + ".*" : expression);
        return all().stream()
                .filter(each -> pattern.matcher(each.text()).matches())
                .toList();
    }
}
