package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.host.Host;
import java.util.List;
import java.util.stream.Stream;

/** {@code kernel.*}: tracepoints; functions and statements of the kernel are refused with the way around. */
final class KernelProbes implements ProbeFamily {
    private static final String TRACE = "kernel.trace(\"";
    private static final List<String> CODE = List.of("function", "statement", "mark", "data", "lsm");

    @Override
    public List<ProbePattern> patterns() {
        return List.of(
                new ProbePattern(
                        "kernel.trace(\"NAME\")",
                        "A tracepoint of the kernel, also as \"GROUP:NAME\" or a pattern; its parameters by their names."),
                new ProbePattern(
                        "kernel.tracepoint(\"NAME\")", "A tracepoint of the kernel; its parameters as $arg1..."));
    }

    @Override
    public Stream<ProbePattern> points(Host host) {
        return Stream.concat(patterns().stream(), tracepoints(host, ""));
    }

    @Override
    public Stream<ProbePattern> points(Host host, String prefix) {
        return prefix.startsWith(TRACE)
                ? tracepoints(host, prefix.substring(TRACE.length()))
                : ProbeFamily.super.points(host, prefix);
    }

    /** Those whose name begins with a text, with the group in front or without. */
    private static Stream<ProbePattern> tracepoints(Host host, String begun) {
        var groups = host.types().tracepointSystems();
        return host.types().tracepoints().stream().flatMap(name -> {
            var group = groups.get(name);
            var full = group == null ? name : group + ":" + name;
            return name.startsWith(begun) || full.startsWith(begun)
                    ? Stream.of(new ProbePattern(TRACE + full + "\")", "The tracepoint " + full + " of the kernel."))
                    : Stream.empty();
        });
    }

    @Override
    public boolean begins(String word) {
        return word.equals("kernel");
    }

    @Override
    public Resolution resolve(WrittenPoint point, Host host, boolean hasTarget) {
        if (point.argument(0) != null) {
            return point.wrongArgument(0, "`kernel` takes no argument", "write kernel.trace(\"sched_switch\")");
        }
        var word = point.parts().size() < 2 ? "" : point.word(1);
        return switch (word) {
            case "trace" -> TracepointProbes.resolve(point, 1, host, false);
            case "tracepoint" -> TracepointProbes.resolve(point, 1, host, true);
            default -> CODE.contains(word) ? code(point) : unknown(point);
        };
    }

    private static Resolution unknown(WrittenPoint point) {
        return point.parts().size() < 2
                ? new Resolution.Missing(Diagnostic.of(
                        DiagnosticCode.UNKNOWN_PROBE_POINT,
                        point.span(),
                        "`kernel` alone is not a probe point",
                        "unknown",
                        "probe a tracepoint: kernel.trace(\"sched_switch\")"))
                : point.unknown(1, List.of("trace(\"NAME\")", "tracepoint(\"NAME\")"));
    }

    private static Resolution code(WrittenPoint point) {
        return new Resolution.Missing(Diagnostic.of(
                DiagnosticCode.PROBE_NOT_SUPPORTED,
                point.span(),
                "`" + point.span().text() + "` is not supported yet",
                "not supported",
                "only tracepoints of the kernel can be probed: kernel.trace(\"sched_switch\")"));
    }
}
