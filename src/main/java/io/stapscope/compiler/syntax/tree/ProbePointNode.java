package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A probe point as written: {@code process("ls").syscall ? if (on)}.
 *
 * @param span from the first component to the mark; the condition is outside of it
 * @param condition what stands in {@code if (...)}
 */
public record ProbePointNode(
        Span span,
        List<Component> components,
        Mark mark,
        @Nullable ExpressionNode condition) {
    public ProbePointNode {
        components = List.copyOf(components);
    }

    /** What a missing probe point means. */
    public enum Mark {
        NONE,
        /** {@code ?}: dropped in silence when there is no such point. */
        OPTIONAL,
        /** {@code !}: optional, and when it is there the rest of the list is not looked at. */
        SUFFICIENT
    }

    /** What stands between two dots. */
    public sealed interface Component {
        Span span();

        /**
         * {@code name} or {@code name(literal)}.
         *
         * @param text may hold {@code *}; {@code **} alone stands for one or more components
         * @param argument a number or string literal
         */
        record Plain(Span span, String text, @Nullable ExpressionNode argument) implements Component {
            public boolean hasWildcard() {
                return text.indexOf('*') >= 0;
            }
        }

        /** {@code {a.b, c}}: any of these. */
        record Alternatives(Span span, List<ProbePointNode> choices) implements Component {
            public Alternatives {
                choices = List.copyOf(choices);
            }
        }
    }

    /** The words of plain components with dots between, arguments left out. */
    public String dotted() {
        return components.stream()
                .filter(Component.Plain.class::isInstance)
                .map(each -> ((Component.Plain) each).text())
                .collect(Collectors.joining("."));
    }

    /** Whether a component has a {@code *}; what stands in arguments does not count. */
    public boolean hasWildcard() {
        return components.stream().anyMatch(each -> each instanceof Component.Plain plain && plain.hasWildcard());
    }

    /** The same with more components at its end. */
    public ProbePointNode followedBy(List<Component> suffix) {
        return suffix.isEmpty() ? this : with(suffix, mark);
    }

    /** The first components alone. */
    public ProbePointNode upTo(int length) {
        return new ProbePointNode(span, components.subList(0, length), mark, condition);
    }

    /** The probe points without braces that this one stands for, in order; each has only plain components. */
    public List<ProbePointNode> expanded() {
        List<ProbePointNode> heads = List.of(new ProbePointNode(span, List.of(), Mark.NONE, condition));
        for (Component component : components) {
            var longer = new ArrayList<ProbePointNode>();
            for (ProbePointNode head : heads) {
                switch (component) {
                    case Component.Plain plain -> longer.add(head.with(List.of(plain), Mark.NONE));
                    case Component.Alternatives(var where, var choices) -> {
                        for (ProbePointNode choice : choices) {
                            for (ProbePointNode tail : choice.expanded()) {
                                longer.add(head.with(tail.components, tail.mark));
                            }
                        }
                    }
                }
            }
            heads = longer;
        }
        return heads.stream().map(head -> head.with(List.of(), mark)).toList();
    }

    private ProbePointNode with(List<Component> more, Mark later) {
        var all = new ArrayList<>(components);
        all.addAll(more);
        return new ProbePointNode(span, all, later == Mark.NONE ? mark : later, condition);
    }
}
