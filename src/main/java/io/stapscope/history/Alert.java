package io.stapscope.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a rule held.
 *
 * @param endedAtMillis null while it goes on
 * @param value what was measured when it began
 * @param worst the greatest that was measured
 * @param told what became of the webhook; null when there is none or it is under way
 */
public record Alert(
        long id,
        AlertRule rule,
        UUID capture,
        long beganAtMillis,
        @Nullable Long endedAtMillis,
        double value,
        double worst,
        @Nullable String told) {}
