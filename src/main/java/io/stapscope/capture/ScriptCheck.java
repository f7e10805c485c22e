package io.stapscope.capture;

import io.stapscope.compiler.Compilation;
import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.history.AggregateRecord;
import java.util.List;
import java.util.Locale;

/** What a script would do here, without doing it. */
public record ScriptCheck(
        boolean ok, List<Diagnostic> diagnostics, List<ResolvedProbe> probes, List<AggregateRecord> aggregates) {
    public ScriptCheck {
        diagnostics = List.copyOf(diagnostics);
        probes = List.copyOf(probes);
        aggregates = List.copyOf(aggregates);
    }

    /**
     * A probe point that would be attached.
     *
     * @param text as {@code pp()} gives it
     * @param kind begin, end, error, never, timer, or process with its event
     */
    public record ResolvedProbe(String text, String kind) {}

    static ScriptCheck of(Compilation compilation) {
        return switch (compilation) {
            case Compilation.Rejected rejected -> new ScriptCheck(false, rejected.diagnostics(), List.of(), List.of());
            case Compilation.Compiled compiled ->
                new ScriptCheck(
                        true,
                        compiled.warnings(),
                        compiled.plan().handlers().stream()
                                .map(Handler::point)
                                .map(point -> new ResolvedProbe(point.text(), kind(point)))
                                .toList(),
                        AggregateRecords.of(compiled.plan()));
        };
    }

    private static String kind(ProbePoint point) {
        return switch (point) {
            case ProbePoint.Begin _ -> "begin";
            case ProbePoint.End _ -> "end";
            case ProbePoint.Error _ -> "error";
            case ProbePoint.Never _ -> "never";
            case ProbePoint.Timer _ -> "timer";
            case ProbePoint.Procfs _ -> "procfs";
            case ProbePoint.Input _ -> "input";
            case ProbePoint.SystemCall call -> call.atReturn() ? "syscall.return" : "syscall";
            case ProbePoint.Tracepoint _ -> "kernel.trace";
            case ProbePoint.Sampling _ -> "perf";
            case ProbePoint.Code code -> code.atReturn() ? "process.function.return" : "process.function";
            case ProbePoint.Process process ->
                "process." + process.event().name().toLowerCase(Locale.ROOT).replace('_', '.');
        };
    }
}
