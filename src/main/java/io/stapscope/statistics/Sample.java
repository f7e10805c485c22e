package io.stapscope.statistics;

/**
 * A distribution of which a quantile is asked as an estimate of what the values come from.
 *
 * @param min the least value
 * @param max the greatest
 */
public record Sample(Histogram histogram, long min, long max) {
    /** The deviates between which 95 % of a normal distribution lie. */
    private static final double DEVIATES = 1.959964;

    /**
     * A quantile with the interval that holds the true one in 95 of 100 samples of this size: the buckets at its ranks less
     * and plus the error of a rank. The width of a bucket is part of it.
     */
    public record Estimate(double value, double low, double high) {}

    /** The histogram must not be empty. */
    public Estimate quantile(double q) {
        double error = DEVIATES * Math.sqrt(q * (1 - q) / histogram.count());
        return new Estimate(
                histogram.quantile(q, min, max).value(),
                histogram.quantile(Math.max(0, q - error), min, max).low(),
                histogram.quantile(Math.min(1, q + error), min, max).high());
    }
}
