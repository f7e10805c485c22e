package io.stapscope.compiler.probe;

import io.stapscope.host.Host;
import java.util.List;
import java.util.stream.Stream;

/** One kind of probe point. */
interface ProbeFamily {
    /** The points of the family, in the order in which they are listed. */
    List<ProbePattern> patterns();

    /**
     * The points of the family on a host, as they are listed and completed: {@code kernel.trace("sched:sched_switch")}
     * where the host tells which there are, a form such as {@code timer.s(N)} where the user chooses.
     */
    default Stream<ProbePattern> points(Host host) {
        return patterns().stream();
    }

    /** At least those of the points that begin with a text; a family with many need not make them all. */
    default Stream<ProbePattern> points(Host host, String prefix) {
        return points(host).filter(each -> each.text().startsWith(prefix));
    }

    /**
     * Names, with dots and without arguments, of the points that wildcards may stand for: those that need no argument
     * behind their first word.
     */
    default List<String> names(Host host) {
        return patterns().stream()
                .map(ProbePattern::text)
                .map(text -> text.replaceFirst("\\A(\\w+)\\([^)]*\\)(?=\\.)", "$1"))
                .filter(text -> text.indexOf('(') < 0)
                .distinct()
                .toList();
    }

    /** Whether points that begin with this word belong to the family. */
    boolean begins(String word);

    /** @param hasTarget whether the run has a target process */
    Resolution resolve(WrittenPoint point, Host host, boolean hasTarget);
}
