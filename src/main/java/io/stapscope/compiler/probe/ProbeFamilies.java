package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Component;
import io.stapscope.host.Host;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All families, and the way from a written probe point to a resolved one. */
public final class ProbeFamilies {
    private static final List<ProbeFamily> ALL = List.of(
            new SessionProbes(),
            new TimerProbes(),
            new ExchangeProbes(),
            new SamplingProbes(),
            new ProcessProbes(),
            new SyscallProbes(),
            new KernelProbes());

    private static final Set<String> BARE = Set.of("begin", "end", "error", "never", "timer", "perf", "process");

    private ProbeFamilies() {}

    /** Every form of probe point there is. */
    public static List<ProbePattern> patterns() {
        return ALL.stream().flatMap(family -> family.patterns().stream()).toList();
    }

    /** The points of a host one by one; a form where an argument is the user's choice. Lazy: it may be very many. */
    public static Stream<ProbePattern> points(Host host) {
        return ALL.stream().flatMap(family -> family.points(host));
    }

    /** The points of a host that begin with a text; the group of a tracepoint may be left out. */
    public static Stream<ProbePattern> points(Host host, String prefix) {
        return ALL.stream().flatMap(family -> family.points(host, prefix));
    }

    /** Names, with dots and without arguments, of the points on a host that wildcards may stand for. */
    public static List<String> names(Host host) {
        return ALL.stream().flatMap(family -> family.names(host).stream()).toList();
    }

    /** Those of them that begin with a word. */
    public static List<String> names(Host host, String word) {
        return ALL.stream()
                .filter(family -> family.begins(word))
                .flatMap(family -> family.names(host).stream())
                .filter(name -> name.equals(word) || name.startsWith(word + "."))
                .toList();
    }

    /** Whether the points of a probe, existing or not, are of families that give the body no variables of their own. */
    public static boolean isBare(DeclarationNode.Probe probe) {
        return probe.points().stream()
                .flatMap(point -> point.expanded().stream())
                .allMatch(point -> BARE.contains(point.dotted().split("\\.", 2)[0]));
    }

    /** @param node a point without braces and wildcards */
    public static Resolution resolve(ProbePointNode node, Host host, boolean hasTarget) {
        var parts = node.components().stream()
                .filter(Component.Plain.class::isInstance)
                .map(Component.Plain.class::cast)
                .toList();
        var point = new WrittenPoint(node.span(), parts);
        for (var family : ALL) {
            if (family.begins(point.word(0))) {
                return family.resolve(point, host, hasTarget);
            }
        }
        return unknown(point);
    }

    private static Resolution unknown(WrittenPoint point) {
        var word = point.word(0);
        var instead = UnsupportedProbes.instead(word);
        if (instead != null) {
            return new Resolution.Missing(Diagnostic.of(
                    DiagnosticCode.PROBE_NOT_SUPPORTED,
                    point.span(),
                    "`" + point.text() + "` is not supported yet",
                    "not supported",
                    instead));
        }
        var words = List.of("begin", "end", "error", "never", "timer", "perf", "process", "syscall");
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                point.parts().getFirst().span(),
                "`" + point.text() + "` is not a probe point",
                "unknown",
                "probe points begin with " + String.join(", ", words));
        var nearest = Spelling.nearest(word, words);
        return new Resolution.Missing(
                nearest == null
                        ? diagnostic
                        : diagnostic
                                .withNote("did you mean `" + nearest + "`?")
                                .withFix(new Fix(
                                        point.parts().getFirst().span(),
                                        point.argument(0) == null
                                                ? nearest
                                                : point.parts()
                                                        .getFirst()
                                                        .span()
                                                        .text()
                                                        .replaceFirst("\\A[^(\\s]*", nearest),
                                        "replace by `" + nearest + "`")));
    }
}
