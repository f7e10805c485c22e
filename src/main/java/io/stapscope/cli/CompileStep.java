package io.stapscope.cli;

import io.stapscope.compiler.Compilation;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.Host;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Compiles for the terminal: diagnostics go to the error stream as text with carets. */
final class CompileStep {
    private CompileStep() {}

    static Compilation compile(SourceText script, Host host, CompileOptions options) {
        return Compiler.compile(script, host, options);
    }

    static void print(List<Diagnostic> diagnostics, PrintStream to) {
        for (var diagnostic : diagnostics) {
            to.println(DiagnosticRenderer.render(diagnostic));
        }
    }

    /** The limits with the user's {@code -D NAME=VALUE} in their places. */
    static Limits limits(Map<String, Integer> defines) throws UserException {
        var limits = Limits.DEFAULT;
        for (var define : defines.entrySet()) {
            int value = define.getValue();
            if (value < 0) {
                throw new UserException("-D " + define.getKey() + "=" + value + ": a limit is not negative");
            }
            limits = switch (define.getKey()) {
                case "MAXSTRINGLEN" ->
                    copy(limits, within(value, 16, 4096, "MAXSTRINGLEN"), limits.maxMapEntries(), limits.maxAction());
                case "MAXMAPENTRIES" ->
                    copy(
                            limits,
                            limits.maxStringLength(),
                            within(value, 1, 65_536, "MAXMAPENTRIES"),
                            limits.maxAction());
                case "MAXACTION" ->
                    copy(
                            limits,
                            limits.maxStringLength(),
                            limits.maxMapEntries(),
                            within(value, 1, 1_000_000, "MAXACTION"));
                case "MAXERRORS" ->
                    new Limits(
                            limits.maxStringLength(),
                            limits.maxMapEntries(),
                            limits.maxAction(),
                            limits.maxActionInterruptible(),
                            limits.maxNesting(),
                            value,
                            limits.maxSkipped());
                default ->
                    throw new UserException("-D " + define.getKey()
                            + ": not a limit; there are MAXSTRINGLEN, MAXMAPENTRIES, MAXACTION and MAXERRORS");
            };
        }
        return limits;
    }

    private static Limits copy(Limits from, int maxStringLength, int maxMapEntries, int maxAction) {
        return new Limits(
                maxStringLength,
                maxMapEntries,
                maxAction,
                Math.max(from.maxActionInterruptible(), 10 * maxAction),
                from.maxNesting(),
                from.maxErrors(),
                from.maxSkipped());
    }

    private static int within(int value, int least, int most, String name) throws UserException {
        if (value < least || value > most) {
            throw new UserException("-D " + name + "=" + value + ": allowed are " + least + " to " + most);
        }
        return value;
    }
}
