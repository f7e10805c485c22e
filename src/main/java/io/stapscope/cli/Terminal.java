package io.stapscope.cli;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.tracer.TraceException;
import java.io.PrintStream;
import java.util.List;

/** What the compiler and the kernel have to say, as text with carets. */
final class Terminal {
    private Terminal() {}

    static void print(List<Diagnostic> diagnostics, PrintStream to) {
        for (var diagnostic : diagnostics) {
            to.println(DiagnosticRenderer.render(diagnostic));
        }
    }

    static void print(TraceException e, boolean verbose, PrintStream to) {
        var span = e.span();
        to.println("ERROR: " + e.getMessage() + (span == null ? "" : " at " + span));
        if (verbose && !e.kernelLog().isEmpty()) {
            to.println(e.kernelLog());
        } else if (!e.kernelLog().isEmpty()) {
            to.println("(run again with -v for the kernel's log)");
        }
    }
}
