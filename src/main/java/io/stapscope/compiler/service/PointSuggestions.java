package io.stapscope.compiler.service;

import io.stapscope.compiler.ProbeCatalog;
import io.stapscope.compiler.probe.ProbePattern;
import io.stapscope.compiler.service.CursorPlace.Point;
import io.stapscope.compiler.service.Suggestion.Kind;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The probe points that go on where somebody stopped writing one. */
final class PointSuggestions {
    private static final Pattern TO_FILL_IN = Pattern.compile("\\((\"?)([A-Z]+)\\1\\)");

    private static final int MOST_LOOKED_AT = 200;

    private PointSuggestions() {}

    static Suggestions of(Point place, String script, Host host, int limit) {
        var found = new LinkedHashMap<String, Suggestion>();
        matching(place.point(), script, host, limit + 1)
                .filter(each -> each.text().startsWith(place.head()))
                .forEach(each -> found.putIfAbsent(each.text(), suggestion(each, place.head())));
        var items = new ArrayList<>(found.values());
        return new Suggestions(place.from(), items.size() <= limit, items.subList(0, Math.min(limit, items.size())));
    }

    /** Aliases of the script, points of the host, and the forms whose arguments are filled in already. */
    private static Stream<ProbePattern> matching(String point, String script, Host host, int limit) {
        var own = ScriptModel.aliases(script).stream()
                .flatMap(alias -> alias.names().stream()
                        .map(name -> new ProbePattern(name.dotted(), CommentAbove.of(alias.span()))))
                .filter(each -> each.text().startsWith(point));
        var all = Stream.concat(own, ProbeCatalog.complete(point, host, limit).stream());
        if (point.indexOf('(') < 0) {
            return all;
        }
        return Stream.concat(all, filledIn(point));
    }

    private static Stream<ProbePattern> filledIn(String point) {
        return ProbeCatalog.all().stream().flatMap(form -> {
            var text = continued(point, form.text());
            return text == null ? Stream.empty() : Stream.of(new ProbePattern(text, form.documentation()));
        });
    }

    /** What is known of a point, or of the points that one with an argument stands for; null for an unknown one. */
    static @Nullable ProbePattern known(String point, boolean called, String script, Host host) {
        return matching(point, script, host, MOST_LOOKED_AT)
                .filter(each -> each.text().equals(point)
                        || each.text().equals(point + "\")")
                        || each.text().endsWith(":" + point.substring(point.indexOf('"') + 1) + "\")")
                        || (called
                                && each.text().startsWith(point + "(")
                                && each.text().indexOf('.', point.length()) < 0))
                .findFirst()
                .orElse(null);
    }

    private static Suggestion suggestion(ProbePattern pattern, String head) {
        var rest = pattern.text().substring(head.length());
        var apply = TO_FILL_IN.matcher(rest).replaceAll("($1\\${$2}$1)");
        return new Suggestion(rest, Kind.PROBE, "", pattern.documentation(), apply);
    }

    /** The point of a form that goes on behind {@code written}, with its arguments in place; null when none does. */
    static @Nullable String continued(String written, String form) {
        if (form.startsWith(written)) {
            return form;
        }
        var typed = components(written);
        var known = components(form);
        if (typed.size() > known.size()) {
            return null;
        }
        var point = new ArrayList<String>();
        for (int i = 0; i < known.size(); i++) {
            boolean last = i == typed.size() - 1;
            if (i >= typed.size() || (last && known.get(i).startsWith(typed.get(i)))) {
                point.add(known.get(i));
            } else if (isFilledIn(typed.get(i), known.get(i))) {
                point.add(typed.get(i));
            } else {
                return null;
            }
        }
        return String.join(".", point);
    }

    /** Whether a written component is one of the form, its argument aside. */
    private static boolean isFilledIn(String written, String form) {
        int open = written.indexOf('(');
        if (open < 0) {
            return written.equals(form);
        }
        return form.startsWith(written.substring(0, open + 1))
                && written.endsWith(")")
                && written.startsWith("\"", open + 1) == form.startsWith("\"", open + 1);
    }

    /** The words between the dots, a dot in parentheses being none. */
    static List<String> components(String point) {
        var components = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < point.length(); i++) {
            quoted ^= point.charAt(i) == '"';
            if (point.charAt(i) == '.' && !quoted) {
                components.add(point.substring(start, i));
                start = i + 1;
            }
        }
        components.add(point.substring(start));
        return components;
    }
}
