package io.stapscope.compiler.probe;

import io.stapscope.host.Host;
import java.util.List;

/** One kind of probe point. */
interface ProbeFamily {
    /** The points of the family, in the order in which they are listed. */
    List<ProbePattern> patterns();

    /** Whether points that begin with this word belong to the family. */
    boolean begins(String word);

    /** @param hasTarget whether the run has a target process */
    Resolution resolve(WrittenPoint point, Host host, boolean hasTarget);
}
