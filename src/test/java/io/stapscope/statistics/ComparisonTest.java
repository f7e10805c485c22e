package io.stapscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<Double> QUANTILES = List.of(0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0);

    @Test
    void theExactDistanceLiesBetweenLeastAndMost() {
        var random = new Random(1);
        for (int round = 0; round < 300; round++) {
            long[] a = values(random, 1 + random.nextInt(200), value -> value);
            double stretch = 0.5 + random.nextDouble();
            long[] b = values(random, 1 + random.nextInt(200), value -> (long) (value * stretch));
            var distance = Comparison.distance(histogram(a), histogram(b));
            double exact = exactDistance(a, b);
            assertThat(exact).isBetween(distance.least() - 1e-12, distance.most() + 1e-12);
            assertThat(Math.abs(share(a, distance.at()) - share(b, distance.at())))
                    .isCloseTo(distance.least(), within(1e-12));
        }
    }

    @Test
    void equalDistributionsAreNotApartAndDisjointOnesAreWholly() {
        var a = histogram(values(new Random(2), 1000, value -> value));
        assertThat(Comparison.distance(a, a))
                .satisfies(same -> assertThat(same.least()).isZero())
                .satisfies(same -> assertThat(same.chance()).isEqualTo(1));
        var far = Comparison.distance(histogram(new long[] {1, 2, 3}), histogram(new long[] {100, 200}));
        assertThat(far.least()).isEqualTo(1);
        assertThat(far.most()).isEqualTo(1);
        assertThat(far.at()).isEqualTo(3);
    }

    /** 1.358 is the 5 % point of Kolmogorov's distribution, 1.628 the 1 % point. */
    @Test
    void chancesAreThoseOfTheTables() {
        assertThat(chanceAt(1.358)).isCloseTo(0.05, within(0.0005));
        assertThat(chanceAt(1.628)).isCloseTo(0.01, within(0.0005));
    }

    /** Two values against two, so that shares can be set freely; a million of each makes the correction vanish. */
    private static double chanceAt(double lambda) {
        long n = 2_000_000;
        double distance = lambda / Math.sqrt(n / 2.0);
        long moved = Math.round(distance * n);
        var a = Histogram.of(new int[] {1, 2}, new long[] {n / 2, n / 2});
        var b = Histogram.of(new int[] {1, 2}, new long[] {n / 2 - moved, n / 2 + moved});
        return Comparison.distance(a, b).chance();
    }

    @Test
    void intervalsHoldTheExactQuantilesOfTheSameSample() {
        var random = new Random(3);
        for (int round = 0; round < 100; round++) {
            long[] a = values(random, 100 + random.nextInt(1000), value -> value - 50);
            var sample = sample(a);
            for (double q : QUANTILES) {
                long exact = a[(int) Math.clamp(Math.ceil(q * a.length) - 1, 0, a.length - 1)];
                var estimate = sample.quantile(q);
                assertThat((double) exact).isBetween(estimate.low(), estimate.high());
                assertThat(estimate.value()).isBetween(estimate.low(), estimate.high());
            }
        }
    }

    @Test
    void intervalsHoldTheTrueQuantileInNineteenOfTwentySamples() {
        var random = new Random(4);
        int held = 0;
        for (int round = 0; round < 400; round++) {
            var sample = sample(values(random, 500, value -> value));
            var estimate = sample.quantile(0.9);
            double truth = Math.exp(8 + 2 * 1.2815516);
            held += truth >= estimate.low() && truth <= estimate.high() ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(380);
    }

    @Test
    void aDoubledDistributionIsToldAsTwiceWithItsError() {
        var random = new Random(5);
        var a = sample(values(random, 100_000, value -> value));
        var b = sample(values(random, 100_000, value -> 2 * value));
        for (var shift : Comparison.of(a, b, List.of(0.1, 0.5, 0.9, 0.99)).shifts()) {
            var ratio = shift.ratio();
            assertThat(ratio).isNotNull();
            assertThat(ratio.value()).isCloseTo(2, within(0.1));
            assertThat(2.0).isBetween(ratio.low(), ratio.high());
            assertThat(shift.isCertain()).isTrue();
        }
        var same = Comparison.of(a, sample(values(random, 100_000, value -> value)), List.of(0.5, 0.9));
        assertThat(same.shifts()).noneMatch(Comparison.Shift::isCertain);
        assertThat(same.distance().chance()).isGreaterThan(0.001);
    }

    @Test
    void valuesThatAreNotPositiveHaveADifferenceAndNoRatio() {
        var shift = Comparison.of(sample(new long[] {-5, -5}), sample(new long[] {0, 0}), List.of(0.5))
                .shifts()
                .getFirst();
        assertThat(shift.ratio()).isNull();
        assertThat(shift.difference()).isEqualTo(new Comparison.Interval(5, 5, 5));
        assertThat(shift.isCertain()).isTrue();
    }

    private static long[] values(Random random, int count, LongUnaryOperator change) {
        return random.doubles(count, 0, 1)
                .mapToLong(_ -> change.applyAsLong((long) Math.exp(8 + 2 * random.nextGaussian())))
                .sorted()
                .toArray();
    }

    private static Sample sample(long[] values) {
        return new Sample(histogram(values), values[0], values[values.length - 1]);
    }

    private static Histogram histogram(long[] values) {
        var histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::add);
        return histogram;
    }

    private static double exactDistance(long[] a, long[] b) {
        double distance = 0;
        for (long[] each : List.of(a, b)) {
            for (long limit : each) {
                distance = Math.max(distance, Math.abs(share(a, limit) - share(b, limit)));
            }
        }
        return distance;
    }

    private static double share(long[] values, long limit) {
        return (double) Arrays.stream(values).filter(value -> value <= limit).count() / values.length;
    }
}
