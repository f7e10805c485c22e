package io.stapscope.history;

import org.jspecify.annotations.Nullable;

/**
 * How far the store is behind a capture.
 *
 * @param pendingMinutes series-minutes that wait
 * @param pendingLines console lines that wait
 * @param spilled series-minutes and lines that wait on disk
 * @param refused series-minutes and lines that are lost: neither memory nor disk had room, or the store refuses them
 * @param lastError the store's latest refusal, null while it works
 */
public record StoreStatus(
        int pendingMinutes,
        int pendingLines,
        long spilled,
        long refused,
        @Nullable String lastError) {
    public boolean complete() {
        return pendingMinutes == 0 && pendingLines == 0 && spilled == 0 && refused == 0;
    }
}
