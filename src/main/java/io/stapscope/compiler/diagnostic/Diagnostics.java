package io.stapscope.compiler.diagnostic;

import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Collects what the passes report about one script. The same code at the same place is kept once, and only so many in
 * all: nobody reads the hundred-and-first.
 */
public final class Diagnostics {
    private static final int MOST = 100;

    private final int most;

    private record Start(SourceText source, int offset) {
        static Start of(Span span) {
            return new Start(span.source(), span.start());
        }
    }

    private record Place(DiagnosticCode code, String source, int start) {
        static Place of(DiagnosticCode code, Span span) {
            return new Place(code, span.source().name(), span.start());
        }
    }

    private final List<Diagnostic> reported = new ArrayList<>();
    private final Set<Place> places = new HashSet<>();
    private final Map<Start, String> explanations = new HashMap<>();
    private int errors;

    public Diagnostics() {
        this(MOST);
    }

    private Diagnostics(int most) {
        this.most = most;
    }

    /** Without a limit: for a pass whose reports are still to be chosen from. */
    public static Diagnostics unlimited() {
        return new Diagnostics(Integer.MAX_VALUE);
    }

    /** Has a note added to all that is reported later about what begins at this place. */
    public void explain(Span place, String note) {
        explanations.put(Start.of(place), note);
    }

    public void add(Diagnostic diagnostic) {
        boolean error = diagnostic.severity() == Severity.ERROR;
        if (error) {
            errors++;
        }
        // The first error must never fall to the limit, or a wrong script would look right.
        if ((reported.size() < most || (error && errors == 1))
                && places.add(Place.of(diagnostic.code(), diagnostic.span()))) {
            reported.add(explained(diagnostic));
        }
    }

    private Diagnostic explained(Diagnostic diagnostic) {
        String note = explanations.isEmpty() ? null : explanations.get(Start.of(diagnostic.span()));
        return note == null ? diagnostic : diagnostic.withNote(note);
    }

    /**
     * Whether it is known already, so that a report that takes work need not be made: a handler is checked once for each of
     * the thousands of kinds of places it is made for.
     */
    public boolean isReported(DiagnosticCode code, Span span) {
        return places.contains(Place.of(code, span));
    }

    /** Reports with the severity of the code. */
    public void report(DiagnosticCode code, Span span, String message, String label, String... notes) {
        add(Diagnostic.of(code, span, message, label, notes));
    }

    public boolean hasErrors() {
        return errors > 0;
    }

    /** Puts others in the places of those that stand where the user cannot change anything. */
    public void replaceAll(UnaryOperator<Diagnostic> replacement) {
        var all = List.copyOf(reported);
        int before = errors;
        reported.clear();
        places.clear();
        all.forEach(each -> add(replacement.apply(each)));
        errors = before;
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
