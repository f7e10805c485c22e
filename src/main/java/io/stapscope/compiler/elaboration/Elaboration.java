package io.stapscope.compiler.elaboration;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.ALIAS_CYCLE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.TOO_MANY_ALTERNATIVES;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.probe.ProbeFamilies;
import io.stapscope.compiler.probe.Resolution;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Component;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Mark;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the points that each probe of a script stands for on a host, and what runs there. */
public final class Elaboration {
    /** Points looked at in one script: aliases of aliases double quickly. */
    private static final int MOST_STEPS = 10_000;

    private final Library library;
    private final Host host;
    private final boolean hasTarget;
    private final Diagnostics diagnostics;
    private final Aliases aliases;
    private @Nullable SortedSet<String> names;
    private int steps;

    private Elaboration(Script script, Library library, Host host, boolean hasTarget, Diagnostics diagnostics) {
        this.library = library;
        this.host = host;
        this.hasTarget = hasTarget;
        this.diagnostics = diagnostics;
        this.aliases = new Aliases(script, library, diagnostics);
    }

    /** In the order of the script; a probe none of whose points exists is missing. */
    public static List<DerivedProbe> run(
            Script script, Library library, Host host, boolean hasTarget, Diagnostics diagnostics) {
        var pass = new Elaboration(script, library, host, hasTarget, diagnostics);
        var found = new ArrayList<DerivedProbe>();
        for (var declaration : script.declarations()) {
            if (declaration instanceof DeclarationNode.Probe probe) {
                found.addAll(pass.new Expansion(probe).list(probe.points(), null, List.of()));
            }
        }
        return found;
    }

    /** The points of one probe. */
    private final class Expansion {
        private final DeclarationNode.Probe probe;
        private final Map<String, Composition> compositions = new HashMap<>();
        /** Why points that a wildcard stands for do not exist. */
        private final List<Diagnostic> swallowed = new ArrayList<>();

        Expansion(DeclarationNode.Probe probe) {
            this.probe = probe;
        }

        /**
         * The points of one list, up to the first that is sufficient.
         *
         * @param use null for the list of the probe itself
         */
        List<DerivedProbe> list(List<ProbePointNode> points, @Nullable Use use, List<Component> suffix) {
            var found = new ArrayList<DerivedProbe>();
            for (var written : points) {
                var way = use == null ? Use.of(written.span(), written.condition()) : use.onlyIf(written.condition());
                for (var node : written.expanded()) {
                    var here = point(node.followedBy(suffix), way);
                    found.addAll(here);
                    if (node.mark() == Mark.SUFFICIENT && !here.isEmpty()) {
                        return found;
                    }
                }
            }
            return found;
        }

        private List<DerivedProbe> point(ProbePointNode node, Use use) {
            if (++steps > MOST_STEPS) {
                tooMany(use);
                return List.of();
            }
            if (node.hasWildcard()) {
                return wildcard(node, use);
            }
            var named = aliases.named(node);
            return named.isEmpty() ? ordinary(node, use) : through(named, List.of(), node, use);
        }

        private List<DerivedProbe> ordinary(ProbePointNode node, Use use) {
            switch (ProbeFamilies.resolve(node, host, hasTarget)) {
                case Resolution.Found(var point, var context) -> {
                    return List.of(new DerivedProbe(use.place(), composition(use), point, context, use.condition()));
                }
                case Resolution.Several(var found, var remarks) -> {
                    remarks.forEach(remark -> report(remark, use));
                    return found.stream()
                            .map(each -> new DerivedProbe(
                                    use.place(), composition(use), each.point(), each.context(), use.condition()))
                            .toList();
                }
                case Resolution.Wrong(var reason) -> {
                    if (use.ofWildcard()) {
                        swallowed.add(reason);
                    } else {
                        report(reason, use);
                    }
                }
                case Resolution.Missing(var reason) -> {
                    var prefix = aliases.prefix(node);
                    if (prefix != null) {
                        return through(prefix.aliases(), prefix.suffix(), node, use);
                    }
                    if (use.ofWildcard()) {
                        swallowed.add(reason);
                    } else if (node.mark() == Mark.NONE && !use.optional()) {
                        report(Suggestions.alias(reason, node, names()), use);
                    }
                }
            }
            return List.of();
        }

        private List<DerivedProbe> through(
                List<DeclarationNode.Alias> found, List<Component> suffix, ProbePointNode node, Use use) {
            var all = new ArrayList<DerivedProbe>();
            for (var alias : found) {
                if (use.aliases().stream().anyMatch(each -> each == alias)) {
                    report(cycle(alias, node, use), use);
                } else {
                    all.addAll(list(alias.points(), use.through(alias, node.mark() != Mark.NONE), suffix));
                }
            }
            return all;
        }

        private List<DerivedProbe> wildcard(ProbePointNode node, Use use) {
            var found = Wildcards.expand(node, candidates(node));
            var all = new ArrayList<DerivedProbe>();
            swallowed.clear();
            // What one of many cannot do does not keep the others from running.
            found.forEach(each -> all.addAll(point(each, use.throughWildcard())));
            for (int length = node.components().size() - 1; found.isEmpty() && length > 0; length--) {
                var head = node.upTo(length);
                var suffix = node.components().subList(length, node.components().size());
                for (var each : Wildcards.expand(head, aliases.names())) {
                    all.addAll(through(aliases.named(each), suffix, node, use.throughWildcard()));
                }
                if (!all.isEmpty()) {
                    break;
                }
            }
            if (all.isEmpty() && node.mark() == Mark.NONE && !use.optional()) {
                report(
                        swallowed.isEmpty()
                                ? Suggestions.wildcard(node, !found.isEmpty(), names())
                                : Suggestions.together(node, swallowed),
                        use);
            }
            return all;
        }

        private Composition composition(Use use) {
            var key = use.aliases().stream()
                    .map(alias ->
                            alias.span().source().name() + ":" + alias.span().start())
                    .collect(Collectors.joining(" "));
            return compositions.computeIfAbsent(key, _ -> Composition.of(probe, use.aliases()));
        }
    }

    /** The names that a point with wildcards may stand for: only those that begin as it does, when that is said. */
    private SortedSet<String> candidates(ProbePointNode node) {
        var word = node.upTo(1).dotted();
        if (word.indexOf('*') >= 0) {
            return names();
        }
        var found = new TreeSet<>(aliases.names().subSet(word, word + Character.MAX_VALUE));
        found.addAll(ProbeFamilies.names(host, word));
        return found;
    }

    /** Names that a wildcard may stand for: aliases, and the points of the families. */
    private SortedSet<String> names() {
        if (names == null) {
            names = new TreeSet<>(aliases.names());
            names.addAll(ProbeFamilies.names(host));
        }
        return names;
    }

    private static Diagnostic cycle(DeclarationNode.Alias alias, ProbePointNode node, Use use) {
        var way = use.aliases().stream()
                .map(each -> each.names().getFirst().dotted())
                .collect(Collectors.joining(" -> "));
        return Diagnostic.of(
                ALIAS_CYCLE,
                node.span(),
                "the alias `" + alias.names().getFirst().dotted() + "` stands for itself",
                "leads back to where it began",
                "the way is " + way + " -> " + node.dotted(),
                "name the probe points themselves at one of these places");
    }

    private void tooMany(Use use) {
        if (steps == MOST_STEPS + 1) {
            diagnostics.report(
                    TOO_MANY_ALTERNATIVES,
                    use.place(),
                    "aliases and wildcards stand for more than " + MOST_STEPS + " probe points",
                    "too many",
                    "name fewer points in the aliases, or use a narrower wildcard");
        }
    }

    /** Tells what is wrong at a point: in the library it is the use that has to change. */
    private void report(Diagnostic reason, Use use) {
        if (use.aliases().isEmpty()) {
            diagnostics.add(reason);
        } else if (library.owns(reason.span().source())) {
            diagnostics.add(new Diagnostic(
                            reason.code(),
                            reason.severity(),
                            use.place(),
                            reason.message(),
                            reason.label(),
                            reason.notes(),
                            null)
                    .withNote("`" + use.place().text() + "` stands for `"
                            + reason.span().text() + "` in the library"));
        } else if (use.place().contains(reason.span())) {
            var alias = use.aliases().getLast();
            diagnostics.add(reason.withNote("`" + alias.names().getFirst().dotted() + "` is an alias: `"
                    + alias.points().getFirst().span().text() + "` in "
                    + (library.owns(alias.span().source())
                            ? "the library"
                            : "line " + alias.span().line())));
        } else {
            diagnostics.add(reason.withNote("the probe in line " + use.place().line() + " comes here by this alias"));
        }
    }
}
