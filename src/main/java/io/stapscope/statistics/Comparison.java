package io.stapscope.statistics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How two distributions differ: what became of each quantile, and how far they are apart.
 *
 * @param shifts in the order in which the quantiles were asked
 */
public record Comparison(List<Shift> shifts, Distance distance) {
    public Comparison {
        shifts = List.copyOf(shifts);
    }

    /** A quantile of both. */
    public record Shift(double q, Sample.Estimate a, Sample.Estimate b) {
        /** b / a; null where that says nothing: a value is not positive. */
        public @Nullable Interval ratio() {
            return a.low() > 0 && b.low() > 0
                    ? new Interval(b.value() / a.value(), b.low() / a.high(), b.high() / a.low())
                    : null;
        }

        public Interval difference() {
            return new Interval(b.value() - a.value(), b.low() - a.high(), b.high() - a.low());
        }

        /** Whether the intervals of both keep clear of one another. */
        public boolean isCertain() {
            return a.high() < b.low() || b.high() < a.low();
        }
    }

    public record Interval(double value, double low, double high) {}

    /**
     * The distance of Kolmogorov and Smirnov: the greatest difference of the shares of values up to the same limit.
     *
     * @param least its value at the limits of buckets, where it is exact
     * @param most what it can be at most, with values anywhere in their buckets
     * @param at the limit of the bucket where it is greatest: of so many values more of one lie at or below it
     * @param chance how likely two samples of one distribution, of independent values, are as far apart or farther
     */
    public record Distance(double least, double most, long at, double chance) {}

    /** Neither may be empty. */
    public static Comparison of(Sample a, Sample b, List<Double> quantiles) {
        var shifts = new ArrayList<Shift>(quantiles.size());
        for (double q : quantiles) {
            shifts.add(new Shift(q, a.quantile(q), b.quantile(q)));
        }
        return new Comparison(shifts, distance(a.histogram(), b.histogram()));
    }

    /** One walk over the buckets of both, upwards. */
    static Distance distance(Histogram a, Histogram b) {
        double least = 0;
        double most = 0;
        long at = Buckets.greatest(Math.min(a.bucketAt(0), b.bucketAt(0)));
        int nextA = 0;
        int nextB = 0;
        long countA = 0;
        long countB = 0;
        while (nextA < a.size() || nextB < b.size()) {
            int bucket = Math.min(
                    nextA < a.size() ? a.bucketAt(nextA) : Integer.MAX_VALUE,
                    nextB < b.size() ? b.bucketAt(nextB) : Integer.MAX_VALUE);
            double beforeA = (double) countA / a.count();
            double beforeB = (double) countB / b.count();
            if (nextA < a.size() && a.bucketAt(nextA) == bucket) {
                countA += a.countAt(nextA++);
            }
            if (nextB < b.size() && b.bucketAt(nextB) == bucket) {
                countB += b.countAt(nextB++);
            }
            double afterA = (double) countA / a.count();
            double afterB = (double) countB / b.count();
            if (Math.abs(afterA - afterB) > least) {
                least = Math.abs(afterA - afterB);
                at = Buckets.greatest(bucket);
            }
            most = Math.max(most, Math.max(afterA - beforeB, afterB - beforeA));
        }
        return new Distance(least, most, at, chance(least, a.count(), b.count()));
    }

    /** The limit distribution of Kolmogorov with Stephens' correction for small samples. */
    private static double chance(double distance, long countA, long countB) {
        double size = Math.sqrt((double) countA * countB / ((double) countA + countB));
        double lambda = (size + 0.12 + 0.11 / size) * distance;
        if (lambda < 0.2) {
            return 1; // the series converges slowly there, and its sum differs from 1 by less than 1e-12
        }
        double sum = 0;
        for (int i = 1; i <= 100; i++) {
            double term = Math.exp(-2.0 * i * i * lambda * lambda);
            sum += i % 2 == 1 ? term : -term;
            if (term < 1e-16) {
                break;
            }
        }
        return Math.clamp(2 * sum, 0, 1);
    }
}
