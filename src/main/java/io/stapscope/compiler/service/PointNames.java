package io.stapscope.compiler.service;

import io.stapscope.compiler.analysis.ProbeSymbol;
import io.stapscope.compiler.probe.ContextVariable;
import io.stapscope.compiler.service.CursorPlace.Enclosing;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that points give to a handler, with a dollar sign or without: those that all of its points have. */
final class PointNames {
    private PointNames() {}

    /**
     * @param type as the language names it
     * @param documentation may be empty
     */
    record PointName(String name, String type, String documentation) {}

    static @Nullable PointName named(ScriptModel model, Enclosing enclosing, Host host, String name) {
        return of(model, enclosing, host).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

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
            if (probe.points().isEmpty()) {
                continue;
            }
            var here = new ArrayList<>(probe.context().variables());
            here.addAll(probe.context().locals());
            if (first) {
                here.forEach(
                        each -> found.put(each.name(), new PointName(each.name(), type(each), each.documentation())));
            } else {
                found.keySet()
                        .retainAll(here.stream().map(ContextVariable::name).toList());
            }
            first = false;
        }
        return new ArrayList<>(found.values());
    }

    private static String type(ContextVariable variable) {
        return variable.ctype() == null
                ? variable.type().word()
                : variable.ctype().name();
    }
}
