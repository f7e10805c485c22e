package io.stapscope.tracer;

import java.util.ArrayList;
import java.util.List;

/** What a run says at its end about what is missing. */
final class Complaints {
    private Complaints() {}

    /**
     * Lines with their ends.
     *
     * @param withoutErrors whether faults of handlers are not told
     */
    static List<String> of(Losses last, boolean withoutErrors) {
        var all = new ArrayList<String>();
        if (last.softErrors() > 0 && !withoutErrors) {
            all.add("WARNING: Number of errors: " + last.softErrors() + ", skipped probes: " + last.recursionMisses()
                    + "\n");
        }
        if (last.lostEvents() > 0) {
            all.add("WARNING: There were " + last.lostEvents() + " transport failures.\n");
        }
        if (last.lostReturns() > 0) {
            all.add("WARNING: " + last.lostReturns()
                    + " returns were not seen: the kernel follows 64 nested calls of a thread\n");
        }
        if (last.lostKeys() + last.lostUpdates() > 0) {
            all.add("WARNING: " + (last.lostKeys() + last.lostUpdates())
                    + " updates found no room in an array or statistic; give it a size, as in: global name[10000]\n");
        }
        return all;
    }
}
