package io.stapscope.cli;

import io.stapscope.compiler.ProbeCatalog;
import io.stapscope.host.Host;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** The probe points of a host that match a pattern, as {@code stap -l} and {@code -L} list them. */
final class ProbeList {
    private ProbeList() {}

    /** Whether there were any. */
    static boolean print(String pattern, Host host, boolean variables, PrintStream to) {
        var found = ProbeCatalog.list(pattern, host);
        var out = new PrintStream(new BufferedOutputStream(to), false, to.charset());
        for (var point : found) {
            out.println(variables ? point.text() + variables(point.text(), host) : point.text());
        }
        out.flush();
        return !found.isEmpty();
    }

    private static String variables(String point, Host host) {
        return ProbeCatalog.variables(point, host).stream()
                .map(variable -> " " + variable)
                .collect(Collectors.joining());
    }
}
