package io.stapscope.history;

import org.jspecify.annotations.Nullable;

/**
 * How far the store is behind a capture.
 *
 * @param pendingMinutes series-minutes that wait
 * @param pendingLines console lines that wait
 * @param refused series-minutes and lines given up because the bounded memory was full
 * @param lastError the store's latest refusal, null while it works
 */
public record StoreStatus(
        int pendingMinutes,
        int pendingLines,
        long refused,
        @Nullable String lastError) {
    public boolean complete() {
        return pendingMinutes == 0 && pendingLines == 0 && refused == 0;
    }
}
