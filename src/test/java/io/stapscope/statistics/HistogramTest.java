package io.stapscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HistogramTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void theCountIsTheSumOfTheBucketsInAscendingOrder() {
        for (int round = 0; round < 50; round++) {
            var histogram = histogramOf(values(random.nextInt(300)));
            assertThat(LongStream.of(histogram.counts()).sum()).isEqualTo(histogram.count());
            assertThat(histogram.buckets()).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void mergingIsCommutativeAndAssociativeAndEmptyChangesNothing() {
        for (int round = 0; round < 50; round++) {
            var a = histogramOf(values(random.nextInt(100)));
            var b = histogramOf(values(random.nextInt(100)));
            var c = histogramOf(values(random.nextInt(100)));
            assertThat(merged(a, b)).isEqualTo(merged(b, a)).hasSameHashCodeAs(merged(b, a));
            assertThat(merged(merged(a, b), c)).isEqualTo(merged(a, merged(b, c)));
            assertThat(merged(a, new Histogram())).isEqualTo(a).isEqualTo(merged(new Histogram(), a));
        }
    }

    @Test
    void mergingIntoItselfDoublesIt() {
        var histogram = histogramOf(1, 2, 300);
        histogram.merge(histogram);
        assertThat(histogram).isEqualTo(histogramOf(1, 1, 2, 2, 300, 300));
    }

    @Test
    void aQuantileOfAMergeLiesInTheBucketOfTheExactOne() {
        for (int round = 0; round < 50; round++) {
            long[] left = values(1 + random.nextInt(200));
            long[] right = values(1 + random.nextInt(200));
            var all = LongStream.concat(LongStream.of(left), LongStream.of(right))
                    .sorted()
                    .toArray();
            var merge = merged(histogramOf(left), histogramOf(right));
            for (double q : new double[] {0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1}) {
                long exact = all[Math.max(0, (int) Math.ceil(q * all.length) - 1)];
                var quantile = merge.quantile(q, all[0], all[all.length - 1]);
                assertThat(quantile.bucket()).isEqualTo(Buckets.of(exact));
                // Doubles hold 53 bits of a long.
                double slack = Math.ulp((double) exact) * 4;
                assertThat(quantile.value()).isCloseTo(exact, within(quantile.error() + slack));
            }
        }
    }

    @Test
    void quantilesReachFromTheLeastToTheGreatestValue() {
        var histogram = histogramOf(1000, 1001, 1010);
        assertThat(histogram.quantile(0, 1000, 1010).value()).isEqualTo(1000);
        assertThat(histogram.quantile(1, 1000, 1010).value()).isEqualTo(1010);
        assertThat(histogram.quantile(0.5, 1000, 1010).value()).isBetween(1000.0, 1010.0);
    }

    @Test
    void aBucketOfOneValueGivesThatValue() {
        var quantile = histogramOf(5, 5, 5, 6).quantile(0.5);
        assertThat(quantile).isEqualTo(new Quantile(5, 5, 0, 5, 5));
    }

    @Test
    void zeroNegativeAndExtremeValuesAreCounted() {
        var histogram = histogramOf(Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE);
        assertThat(histogram.buckets()).containsExactly(-488, -1, 0, 1, 487);
        assertThat(histogram.quantile(0).value()).isEqualTo(-0x1p63);
        assertThat(histogram.quantile(0.5).value()).isEqualTo(0);
    }

    @Test
    void whatCannotBeIsRefused() {
        var histogram = new Histogram();
        assertThatThrownBy(() -> histogram.quantile(0.5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> histogram.addBucket(489, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> histogram.addBucket(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> histogramOf(1).quantile(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAggregateKeepsExactCountSumLeastAndGreatest() {
        var aggregate = new Aggregate();
        assertThat(aggregate.isEmpty()).isTrue();
        LongStream.of(1, 3, 1, 2, 2).forEach(aggregate::add);
        var other = new Aggregate(1, -7, -7, -7, histogramOf(-7), null);
        var merge = aggregate.copy();
        merge.merge(other);
        merge.merge(new Aggregate());
        assertThat(aggregate).hasToString("count 5 sum 9 min 1 max 3 {1: 2, 2: 2, 3: 1}");
        assertThat(aggregate.average()).isEqualTo(1);
        assertThat(merge).hasToString("count 6 sum 2 min -7 max 3 {-7: 1, 1: 2, 2: 2, 3: 1}");
    }

    private long[] values(int count) {
        return LongStream.generate(() -> random.nextLong() >> random.nextInt(64))
                .limit(count)
                .toArray();
    }

    private static Histogram histogramOf(long... values) {
        var histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::add);
        return histogram;
    }

    private static Histogram merged(Histogram left, Histogram right) {
        var merge = left.copy();
        merge.merge(right);
        return merge;
    }
}
