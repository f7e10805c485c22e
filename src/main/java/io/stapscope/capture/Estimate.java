package io.stapscope.capture;

import io.stapscope.compiler.diagnostic.Diagnostic;
import java.util.List;

/** What a script would attach to, and how often that is hit, counted for a moment. */
public sealed interface Estimate {
    /**
     * What was counted. The bodies of the script did not run: their cost comes on top.
     *
     * @param nanos how long was counted
     * @param points as they stand in the script
     * @param nanosPerHit of a handler that only counts, 0 when nothing was hit or the kernel did not tell
     */
    record Counted(long nanos, List<PointHits> points, long nanosPerHit) implements Estimate {
        public Counted {
            points = List.copyOf(points);
        }
    }

    /**
     * @param text as {@code pp()} gives it
     * @param line of its probe in the script, from 1
     * @param places in the code of programs; 0 for what is no code
     * @param slowPlaces of these, where a hit is run in a single step, which takes 12 to 20 microseconds
     * @param hits counted; 0 for what runs in user space, such as timers, which is not counted
     * @param counted whether hits were counted at all
     */
    record PointHits(String text, int line, int places, int slowPlaces, long hits, boolean counted) {}

    /** The script does not compile. */
    record Rejected(List<Diagnostic> diagnostics) implements Estimate {
        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** It cannot be attached here, or another estimate is being made. */
    record Refused(String reason) implements Estimate {}
}
