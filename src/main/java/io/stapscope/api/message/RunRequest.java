package io.stapscope.api.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script to run.
 *
 * @param durationSeconds ends after this time; as long as allowed without it
 * @param intervalMillis length of a column, 100 to 10000, 1000 without it
 * @param persistent goes on when nobody watches; false without it
 * @param budgetPercent of one CPU, above which it is stopped; none without it
 */
public record RunRequest(
        @Nullable String script,
        @Nullable String name,
        @Nullable List<String> arguments,
        @Nullable TargetMessage target,
        @Nullable Double durationSeconds,
        @Nullable Integer intervalMillis,
        @Nullable Boolean persistent,
        @Nullable Double budgetPercent) {}
