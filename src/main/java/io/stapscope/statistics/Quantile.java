package io.stapscope.statistics;

/**
 * One quantile read from a histogram.
 *
 * @param value the estimate
 * @param bucket the bucket that holds the exact quantile
 * @param error how far the exact quantile can be from the estimate: both lie in the bucket
 * @param low the least value the exact quantile can have
 * @param high the greatest
 */
public record Quantile(double value, int bucket, double error, double low, double high) {
    /** The value at the part {@code part} of a bucket of which only {@code min} to {@code max} can be in use. */
    static Quantile within(int bucket, double part, long min, long max) {
        double low = Math.max(Buckets.lower(bucket), min);
        double high = Math.min(Buckets.greatest(bucket), max);
        if (high < low) {
            // Least and greatest value of another time range than the histogram's: the bucket is what is certain.
            low = Buckets.lower(bucket);
            high = Buckets.greatest(bucket);
        }
        double value = Math.clamp(low + part * (high - low), low, high);
        return new Quantile(value, bucket, Math.max(value - low, high - value), low, high);
    }
}
