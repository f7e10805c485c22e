package io.stapscope.compiler.elaboration;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_PROBE_POINT;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Component;
import io.stapscope.compiler.syntax.tree.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The aliases of the script and of the library by name; those of the script hide the library's of the same name. */
final class Aliases {
    private final Map<String, List<DeclarationNode.Alias>> own = new HashMap<>();
    private final Library library;

    Aliases(Script script, Library library, Diagnostics diagnostics) {
        this.library = library;
        for (var declaration : script.declarations()) {
            if (declaration instanceof DeclarationNode.Alias alias) {
                for (var name : alias.names()) {
                    checkName(name, diagnostics);
                    own.computeIfAbsent(name.dotted(), _ -> new ArrayList<>()).add(alias);
                }
            }
        }
    }

    private static void checkName(ProbePointNode name, Diagnostics diagnostics) {
        for (var component : name.components()) {
            if (component instanceof Component.Plain(var span, var text, var argument) && argument != null) {
                diagnostics.report(
                        BAD_PROBE_POINT,
                        span,
                        "the name of an alias takes no arguments",
                        "has an argument",
                        "write " + text + ", or make it one more part of the name");
            }
        }
    }

    /** The aliases that go on where the first components of a point end. */
    record Prefix(List<DeclarationNode.Alias> aliases, List<Component> suffix) {}

    /** The aliases that a point names; empty when it names none. */
    List<DeclarationNode.Alias> named(ProbePointNode node) {
        return hasArgument(node.components()) ? List.of() : named(node.dotted());
    }

    List<DeclarationNode.Alias> named(String dotted) {
        var found = own.get(dotted);
        return found != null ? found : library.aliases(dotted);
    }

    /** The aliases with the longest name that a point begins with; null when there are none. */
    @Nullable
    Prefix prefix(ProbePointNode node) {
        var components = node.components();
        for (int length = components.size() - 1; length > 0; length--) {
            var head = components.subList(0, length);
            if (hasArgument(head)) {
                continue;
            }
            var found = named(new ProbePointNode(node.span(), head, node.mark(), null).dotted());
            if (!found.isEmpty()) {
                return new Prefix(found, components.subList(length, components.size()));
            }
        }
        return null;
    }

    private static boolean hasArgument(List<Component> components) {
        return components.stream().anyMatch(each -> each instanceof Component.Plain plain && plain.argument() != null);
    }

    /** All names with dots, sorted. */
    SortedSet<String> names() {
        var names = new TreeSet<>(library.aliasNames());
        names.addAll(own.keySet());
        return names;
    }
}
