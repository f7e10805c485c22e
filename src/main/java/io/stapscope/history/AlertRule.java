package io.stapscope.history;

import org.jspecify.annotations.Nullable;

/**
 * What running captures are watched for: their aggregate's total, measured over the last seconds, above a threshold.
 *
 * @param id 0 before it is stored
 * @param captureName captures of this name are watched
 * @param quantile of the values; null measures how many there are a second
 * @param threshold in the unit of the aggregate, or values per second
 * @param forSeconds how many seconds are measured
 * @param webhook where it is told; null: nowhere
 */
public record AlertRule(
        long id,
        String name,
        String captureName,
        String aggregate,
        @Nullable Double quantile,
        double threshold,
        int forSeconds,
        @Nullable String webhook,
        boolean enabled) {
    public static final int LEAST_SECONDS = 5;
    public static final int MOST_SECONDS = 3_600;

    private static final int MOST_SIGNS = 200;

    public AlertRule {
        named("name", name);
        named("captureName", captureName);
        named("aggregate", aggregate);
        if (quantile != null && !(quantile >= 0 && quantile <= 1)) {
            throw new IllegalArgumentException("quantile=" + quantile + " is not within 0 to 1");
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold=" + threshold + " is no number");
        }
        if (forSeconds < LEAST_SECONDS || forSeconds > MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "forSeconds=" + forSeconds + " is not within " + LEAST_SECONDS + " to " + MOST_SECONDS);
        }
    }

    private static void named(String parameter, String text) {
        if (text.isBlank() || text.length() > MOST_SIGNS) {
            throw new IllegalArgumentException(parameter + " needs 1 to " + MOST_SIGNS + " signs");
        }
    }

    /** What is measured, for people. */
    public String measure() {
        return quantile == null
                ? aggregate + " per second"
                : "p" + Double.toString(Math.round(quantile * 1e6) / 1e4).replaceFirst("\\.0$", "") + " of "
                        + aggregate;
    }
}
