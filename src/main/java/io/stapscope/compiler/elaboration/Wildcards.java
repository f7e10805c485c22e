package io.stapscope.compiler.elaboration;

import io.stapscope.compiler.syntax.tree.ProbePointNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Finds the names that a point with {@code *} stands for. */
final class Wildcards {
    private Wildcards() {}

    /** The points that a pattern stands for among names with dots, in their order; arguments stay where they are. */
    static List<ProbePointNode> expand(ProbePointNode pattern, SortedSet<String> names) {
        var found = new ArrayList<ProbePointNode>();
        for (var name : names) {
            var components = match(pattern.components(), 0, List.of(name.split("\\.")), 0);
            if (components != null) {
                found.add(new ProbePointNode(pattern.span(), components, pattern.mark(), pattern.condition()));
            }
        }
        return found;
    }

    private static @Nullable List<Component> match(List<Component> pattern, int from, List<String> words, int at) {
        if (from == pattern.size()) {
            return at == words.size() ? List.of() : null;
        }
        if (at == words.size() || !(pattern.get(from) instanceof Component.Plain plain)) {
            return null;
        }
        if (plain.text().equals("**")) {
            for (int end = at + 1; end <= words.size(); end++) {
                var rest = match(pattern, from + 1, words, end);
                if (rest != null) {
                    var all = new ArrayList<Component>();
                    words.subList(at, end).forEach(word -> all.add(new Component.Plain(plain.span(), word, null)));
                    all.addAll(rest);
                    return all;
                }
            }
            return null;
        }
        if (!matches(plain.text(), words.get(at))) {
            return null;
        }
        var rest = match(pattern, from + 1, words, at + 1);
        if (rest == null) {
            return null;
        }
        var all = new ArrayList<Component>();
        all.add(new Component.Plain(plain.span(), words.get(at), plain.argument()));
        all.addAll(rest);
        return all;
    }

    /** Whether a word matches a text in which each {@code *} stands for any characters. */
    static boolean matches(String pattern, String word) {
        int star = -1;
        int retry = 0;
        int p = 0;
        int w = 0;
        while (w < word.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = w;
            } else if (p < pattern.length() && pattern.charAt(p) == word.charAt(w)) {
                p++;
                w++;
            } else if (star >= 0) {
                p = star + 1;
                w = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
