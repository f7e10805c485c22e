package io.stapscope.capture;

import io.stapscope.history.StoreStatus;
import org.jspecify.annotations.Nullable;

/** Tells those who watch a run when the store goes away, and when it has caught up. For one thread. */
final class StoreWatch {
    /**
     * What a marker says.
     *
     * @param kind as it is called on the wire
     */
    record News(String kind, String text) {}

    private boolean away;

    /** What has changed since it was last asked; null when nothing has. */
    @Nullable
    News news(StoreStatus status) {
        if (!away && status.lastError() != null) {
            away = true;
            return new News(
                    "store_away",
                    "the database does not answer; what comes is kept in memory and on disk: " + status.lastError());
        }
        if (away && status.lastError() == null && status.spilled() == 0) {
            away = false;
            return new News("store_back", "the database has everything again");
        }
        return null;
    }
}
