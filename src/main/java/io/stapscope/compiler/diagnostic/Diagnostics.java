package io.stapscope.compiler.diagnostic;

import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what the passes report about one script. The same code at the same place is kept once, and only so many in
 * all: nobody reads the hundred-and-first.
 */
public final class Diagnostics {
    private static final int MOST = 100;

    private record Place(DiagnosticCode code, int start) {}

    private final List<Diagnostic> reported = new ArrayList<>();
    private final Set<Place> places = new HashSet<>();
    private int errors;

    public void add(Diagnostic diagnostic) {
        boolean error = diagnostic.severity() == Severity.ERROR;
        if (error) {
            errors++;
        }
        var place = new Place(diagnostic.code(), diagnostic.span().start());
        // The first error must never fall to the limit, or a wrong script would look right.
        if ((reported.size() < MOST || (error && errors == 1)) && places.add(place)) {
            reported.add(diagnostic);
        }
    }

    /** Reports with the severity of the code. */
    public void report(DiagnosticCode code, Span span, String message, String label, String... notes) {
        add(Diagnostic.of(code, span, message, label, notes));
    }

    public boolean hasErrors() {
        return errors > 0;
    }

    /** All of them, in the order of their places in the text. */
    public List<Diagnostic> all() {
        return reported.stream()
                .sorted((left, right) ->
                        Integer.compare(left.span().start(), right.span().start()))
                .toList();
    }

    /** Those that do not keep the script from running. */
    public List<Diagnostic> warnings() {
        return all().stream()
                .filter(each -> each.severity() == Severity.WARNING)
                .toList();
    }
}
