package io.stapscope.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call tree: a function with what was counted in it and in what it called.
 *
 * @param name of a function; of the outermost {@value #ROOT}
 * @param value what was counted here, at least the sum of the children; never negative
 * @param children by name
 */
public record Flame(String name, long value, List<Flame> children) {
    /** Stands between the functions of a stack that is written on one line. */
    public static final char SEPARATOR = ';';

    static final String ROOT = "all";

    /** What is in no stack that is shown. */
    static final String OTHER = "(other)";

    public Flame {
        children = List.copyOf(children);
    }

    /** A part of a series' key. @param kind a word of {@link io.stapscope.pipeline.KeyKind} */
    public record Part(String kind, String label) {}

    /** Adds up the series of one aggregate. */
    public static final class Builder {
        private final Node root = new Node();

        /** Other parts of the key stand around the stacks; the kernel's stack is called from the process'. */
        public Builder add(List<Part> key, long value) {
            if (value <= 0) {
                return this;
            }
            var node = root;
            node.value += value;
            for (var part : key) {
                if (!isStack(part.kind())) {
                    node = node.child(part.label(), value);
                }
            }
            for (var kind : List.of("ustack", "stack")) {
                for (var part : key) {
                    if (part.kind().equals(kind)) {
                        for (var frame : part.label().split(String.valueOf(SEPARATOR))) {
                            node = node.child(frame, value);
                        }
                    }
                }
            }
            return this;
        }

        /** @param total what all series count together, also those that were not added */
        public Flame build(long total) {
            if (total > root.value) {
                var ignored = root.child(OTHER, total - root.value);
                root.value = total;
            }
            return root.flame(ROOT);
        }
    }

    /** Whether a key with these kinds of parts has a stack. */
    public static boolean hasStack(List<String> kinds) {
        return kinds.stream().anyMatch(Flame::isStack);
    }

    private static boolean isStack(String kind) {
        return kind.equals("stack") || kind.equals("ustack");
    }

    private static final class Node {
        private final Map<String, Node> children = new TreeMap<>();
        private long value;

        Node child(String name, long more) {
            var child = children.computeIfAbsent(name.isEmpty() ? "?" : name, _ -> new Node());
            child.value += more;
            return child;
        }

        Flame flame(String name) {
            var all = new ArrayList<Flame>();
            children.forEach((of, child) -> all.add(child.flame(of)));
            return new Flame(name, value, all);
        }
    }
}
