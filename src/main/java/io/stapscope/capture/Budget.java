package io.stapscope.capture;

import io.stapscope.tracer.Losses;
import io.stapscope.tracer.Window;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much of one CPU the handlers of a run may take. A run is over it when its cost is above for some windows in a row: a
 * single one may be a burst. For one thread.
 */
final class Budget {
    private static final int WINDOWS = 3;

    private final double percent;
    private long hitsBefore;
    private int above;

    /** @param percent of one CPU; 0 for no budget */
    Budget(double percent) {
        this.percent = percent;
    }

    /** Why the run is to stop, null while it may go on. */
    @Nullable
    String exceededBy(Window window) {
        Losses losses = window.losses();
        double seconds = (window.endNanos() - window.startNanos()) / 1e9;
        double hits = losses.hits() - hitsBefore;
        hitsBefore = losses.hits();
        if (percent <= 0 || seconds <= 0) {
            return null;
        }
        double cost = hits / seconds * losses.nanosPerHit() / 1e7;
        above = cost > percent ? above + 1 : 0;
        return above < WINDOWS
                ? null
                : String.format(
                        Locale.ROOT,
                        "over its budget: %.1f %% of a CPU for %d windows in a row, the budget is %.1f %%",
                        cost,
                        WINDOWS,
                        percent);
    }
}
