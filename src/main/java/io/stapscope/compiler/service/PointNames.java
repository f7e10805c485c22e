package io.stapscope.compiler.service;

import io.stapscope.compiler.analysis.ProbeSymbol;
import io.stapscope.compiler.probe.ContextVariables;
import io.stapscope.compiler.service.CursorPlace.Enclosing;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The context variables that a handler can read: those that all of its points have. */
final class PointNames {
    private static final Map<String, String> DOCUMENTATION = Map.of(
            "$syscall", "Number of the system call.",
            "$return", "What the system call returned; a negative errno when it failed.",
            "$$parms", "All arguments as a text.",
            "$$return", "The returned value as a text.");

    private PointNames() {}

    /**
     * @param type as the language names it
     * @param documentation may be empty
     */
    record PointName(String name, String type, String documentation) {}

    static List<PointName> of(ScriptModel model, Enclosing enclosing, Host host) {
        var probes = model.probes(enclosing);
        if (probes.stream().allMatch(probe -> probe.points().isEmpty())) {
            // The handler is too broken to be read, or it is an alias: its points alone are not.
            var header = model.source().slice(enclosing.start(), enclosing.body());
            var points = header.replaceFirst("^probe\\b[^({]*?=", "probe ");
            probes = ScriptModel.of(points + "{ }", host).symbols().probes();
        }
        return common(probes);
    }

    private static List<PointName> common(List<ProbeSymbol> probes) {
        var found = new LinkedHashMap<String, PointName>();
        boolean first = true;
        for (var probe : probes) {
            for (var point : probe.points()) {
                var here = ContextVariables.available(ContextVariables.event(point.point()));
                if (first) {
                    here.forEach(name -> found.put(name, named(name)));
                } else {
                    found.keySet().retainAll(here);
                }
                first = false;
            }
        }
        return new ArrayList<>(found.values());
    }

    private static PointName named(String name) {
        var type = name.startsWith("$$") ? "string" : "long";
        var text = name.startsWith("$arg")
                ? "Argument " + name.substring(4) + " of the system call."
                : DOCUMENTATION.getOrDefault(name, "");
        return new PointName(name, type, text);
    }
}
