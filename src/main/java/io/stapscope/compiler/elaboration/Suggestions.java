package io.stapscope.compiler.elaboration;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNKNOWN_PROBE_POINT;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.syntax.tree.ProbePointNode;
import java.util.List;
import java.util.SortedSet;

/** What a probe point that does not exist was probably meant to be. */
final class Suggestions {
    private static final int MOST_NAMES = 12;

    private Suggestions() {}

    /** A reason with the alias that was probably meant, where nothing is suggested yet. */
    static Diagnostic alias(Diagnostic reason, ProbePointNode node, SortedSet<String> names) {
        if (reason.code() != DiagnosticCode.UNKNOWN_PROBE_POINT || reason.fix() != null) {
            return reason;
        }
        var nearest = Spelling.nearest(node.dotted(), names);
        if (nearest == null || !node.span().text().equals(node.dotted())) {
            return reason;
        }
        return new Diagnostic(
                        reason.code(),
                        reason.severity(),
                        node.span(),
                        reason.message(),
                        reason.label(),
                        reason.notes(),
                        null)
                .suggesting(node.span(), nearest);
    }

    /** The first of the reasons why none of the points of a wildcard exists. */
    static Diagnostic together(ProbePointNode node, List<Diagnostic> reasons) {
        var first = reasons.getFirst();
        return new Diagnostic(
                        first.code(),
                        first.severity(),
                        node.span().contains(first.span()) ? first.span() : node.span(),
                        first.message(),
                        first.label(),
                        first.notes(),
                        first.fix())
                .withNote("none of the probe points that `" + node.span().text() + "` stands for can be probed here");
    }

    /** @param matched whether names match and none of them exists on this host */
    static Diagnostic wildcard(ProbePointNode node, boolean matched, SortedSet<String> names) {
        var text = "`" + node.span().text() + "`";
        if (matched) {
            return Diagnostic.of(
                    UNKNOWN_PROBE_POINT,
                    node.span(),
                    "none of the probe points that " + text + " stands for exists on this host",
                    "nothing to probe",
                    "name one of them to learn why it does not");
        }
        var diagnostic =
                Diagnostic.of(UNKNOWN_PROBE_POINT, node.span(), "no probe point matches " + text, "matches nothing");
        var kin = kin(node, names);
        return kin.isEmpty()
                ? diagnostic.withNote(
                        "* stands for a part of one word between dots, ** for any number of words; arguments are written out")
                : diagnostic.withNote("there are " + String.join(", ", kin.subList(0, Math.min(MOST_NAMES, kin.size())))
                        + (kin.size() > MOST_NAMES ? " and " + (kin.size() - MOST_NAMES) + " more" : ""));
    }

    /** The names that begin with the same word, as far as it has no wildcard. */
    private static List<String> kin(ProbePointNode node, SortedSet<String> names) {
        var dotted = node.dotted();
        int end = dotted.indexOf('*');
        var head = end < 0 ? dotted : dotted.substring(0, end);
        int dot = head.lastIndexOf('.');
        var prefix = dot < 0 ? head : head.substring(0, dot + 1);
        return prefix.isEmpty()
                ? List.of()
                : names.stream().filter(name -> name.startsWith(prefix)).toList();
    }
}
