package io.stapscope.cli;

import io.stapscope.compiler.ProbeCatalog;
import java.io.PrintStream;

/** The probe points that match a pattern, as {@code stap -l} and {@code -L} list them. */
final class ProbeList {
    private ProbeList() {}

    /** Whether there were any. */
    static boolean print(String pattern, boolean variables, PrintStream to) {
        var found = ProbeCatalog.list(pattern).stream()
                .map(entry -> variables ? entry.text() + "  " + entry.documentation() : entry.text())
                .sorted()
                .distinct()
                .toList();
        found.forEach(to::println);
        return !found.isEmpty();
    }
}
