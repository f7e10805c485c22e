package io.stapscope.tracer;

import io.stapscope.compiler.ir.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells people what a run is attached to, and what not. */
final class AttachReport {
    /** Names of a warning. */
    private static final int FIRST = 10;

    /** Names that are of use in an event. */
    private static final int MOST = 2000;

    private AttachReport() {}

    static String attached(Plan plan, @Nullable LoadedPlan loaded) {
        int programs = loaded == null ? 0 : loaded.generated().programs().size();
        int places = loaded == null ? 0 : loaded.code().attached();
        return "attached " + plan.handlers().size() + (plan.handlers().size() == 1 ? " probe" : " probes") + " by "
                + programs + (programs == 1 ? " program" : " programs")
                + (places == 0 ? "" : " at " + places + (places == 1 ? " place" : " places") + " in code");
    }

    static String whole(List<String> leftOut) {
        return listed(leftOut, MOST);
    }

    static String brief(List<String> leftOut) {
        return listed(leftOut, FIRST);
    }

    private static String listed(List<String> names, int most) {
        var head = names.size() + (names.size() == 1 ? " place is" : " places are") + " left out: ";
        var shown = String.join(", ", names.subList(0, Math.min(most, names.size())));
        return head + shown + (names.size() <= most ? "" : " and " + (names.size() - most) + " more");
    }
}
