package io.stapscope.compiler.service;

import io.stapscope.compiler.ProbeCatalog;
import io.stapscope.compiler.probe.ProbePattern;
import io.stapscope.compiler.service.CursorPlace.Point;
import io.stapscope.compiler.service.Suggestion.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The probe points that go on where somebody stopped writing one. */
final class PointSuggestions {
    private static final Pattern TO_FILL_IN = Pattern.compile("\\((\"?)([A-Z]+)\\1\\)");

    private PointSuggestions() {}

    static Suggestions of(Point place, int limit) {
        var found = new LinkedHashMap<String, Suggestion>();
        boolean complete = true;
        for (var pattern : ProbeCatalog.all()) {
            var text = continued(place.point(), pattern.text());
            if (text == null || !text.startsWith(place.head())) {
                continue;
            }
            if (found.size() == limit) {
                complete = false;
                break;
            }
            found.putIfAbsent(text, suggestion(pattern, text, place.head()));
        }
        return new Suggestions(place.from(), complete, new ArrayList<>(found.values()));
    }

    private static Suggestion suggestion(ProbePattern pattern, String text, String head) {
        var rest = text.substring(head.length());
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
