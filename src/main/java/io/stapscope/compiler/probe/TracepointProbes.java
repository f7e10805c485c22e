package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes;
import io.stapscope.host.TracepointParameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kernel.trace("NAME")}, {@code kernel.trace("GROUP:NAME")}, {@code kernel.tracepoint("NAME")}. */
final class TracepointProbes {
    /** Every tracepoint is a program and a link; all 1,600 of a kernel are meant by nobody. */
    private static final int MOST_MATCHES = 200;

    private final WrittenPoint point;
    private final int part;
    private final KernelTypes types;
    private final boolean positional;

    /**
     * @param part of the point that holds the name
     * @param positional whether parameters are {@code $arg1} and so on
     */
    private TracepointProbes(WrittenPoint point, int part, KernelTypes types, boolean positional) {
        this.point = point;
        this.part = part;
        this.types = types;
        this.positional = positional;
    }

    static Resolution resolve(WrittenPoint point, int part, Host host, boolean positional) {
        var literal = point.string(part);
        if (literal == null) {
            return point.wrongArgument(
                    part,
                    "`" + point.word(part) + "` takes the name of a tracepoint",
                    "write kernel." + point.word(part) + "(\"sched_switch\")");
        }
        var pass = new TracepointProbes(point, part, host.types(), positional);
        if (point.parts().size() > part + 1) {
            return point.unknown(part + 1, List.of());
        }
        return pass.resolve(literal);
    }

    private Resolution resolve(ExpressionNode.StringLiteral literal) {
        var written = literal.text();
        int colon = written.indexOf(':');
        var system = colon < 0 ? null : written.substring(0, colon);
        var name = written.substring(colon + 1);
        if (name.contains("*") || name.contains("?") || name.contains("[") || system != null && system.contains("*")) {
            return several(literal, system, name);
        }
        if (!types.tracepoints().contains(name)) {
            return missing(literal, name);
        }
        var actual = types.tracepointSystems().get(name);
        if (system != null && actual != null && !system.equals(actual)) {
            return new Resolution.Missing(Diagnostic.of(
                            DiagnosticCode.UNKNOWN_PROBE_POINT,
                            literal.span(),
                            "the tracepoint " + name + " is not in the group `" + system + "`",
                            "another group",
                            "it is " + actual + ":" + name)
                    .withFix(new Fix(
                            literal.span(),
                            "\"" + actual + ":" + name + "\"",
                            "replace by \"" + actual + ":" + name + "\"")));
        }
        return found(name, system != null ? system : actual);
    }

    private Resolution.Found found(String name, @Nullable String system) {
        var full = system == null ? name : system + ":" + name;
        var text = "kernel." + point.word(part) + "(\"" + (positional ? name : full) + "\")";
        return new Resolution.Found(
                new ProbePoint.Tracepoint(text, name),
                new TracepointContext(name, system == null ? "" : system, parameters(name)));
    }

    private List<TracepointParameter> parameters(String name) {
        var named = types.tracepointArguments(name);
        if (!positional) {
            return named;
        }
        var numbered = new ArrayList<TracepointParameter>();
        for (var parameter : named) {
            numbered.add(new TracepointParameter("arg" + (numbered.size() + 1), parameter.type()));
        }
        return numbered;
    }

    private Resolution several(ExpressionNode.StringLiteral literal, @Nullable String system, String name) {
        var names = CodeSpec.glob(name);
        var systems = system == null ? null : CodeSpec.glob(system);
        var known = types.tracepointSystems();
        var found = new ArrayList<Resolution.Found>();
        for (var candidate : types.tracepoints()) {
            var group = known.get(candidate);
            boolean inGroup =
                    systems == null || group != null && systems.matcher(group).matches();
            if (inGroup && names.matcher(candidate).matches()) {
                found.add(found(candidate, group));
            }
        }
        if (found.isEmpty()) {
            return new Resolution.Missing(Diagnostic.of(
                    DiagnosticCode.UNKNOWN_PROBE_POINT,
                    literal.span(),
                    "no tracepoint matches `" + literal.text() + "`",
                    "no match",
                    system != null && known.isEmpty()
                            ? "this kernel does not show the groups of its tracepoints: leave out `" + system + ":`"
                            : "this kernel has " + types.tracepoints().size() + " tracepoints"));
        }
        if (found.size() > MOST_MATCHES) {
            return new Resolution.Wrong(Diagnostic.of(
                    DiagnosticCode.TOO_MANY_ALTERNATIVES,
                    literal.span(),
                    "`" + literal.text() + "` matches " + found.size() + " tracepoints, more than " + MOST_MATCHES,
                    "too many",
                    "write a longer pattern, as in \"sched_*\""));
        }
        return new Resolution.Several(found);
    }

    private Resolution missing(ExpressionNode.StringLiteral literal, String name) {
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                literal.span(),
                "this kernel has no tracepoint `" + name + "`",
                "no such tracepoint");
        var nearest = Spelling.nearest(name, types.tracepoints());
        if (nearest == null) {
            return new Resolution.Missing(
                    diagnostic.withNote("list those with a word in their name: kernel.trace(\"*word*\")"));
        }
        return new Resolution.Missing(diagnostic
                .withNote("did you mean `" + nearest + "`?")
                .withFix(new Fix(literal.span(), "\"" + nearest + "\"", "replace by \"" + nearest + "\"")));
    }
}
