package io.stapscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DenseHistogramTest {
    @Test
    void addsUpEncodedHistogramsThatStandOneAfterTheOther() {
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            var expected = new Histogram();
            var dense = new DenseHistogram();
            var bytes = new ByteArrayOutputStream();
            for (int i = random.nextInt(5); i > 0; i--) {
                var part = random(random);
                expected.merge(part);
                bytes.writeBytes(HistogramCodec.encode(part));
            }
            dense.addEncoded(bytes.toByteArray());
            var more = random(random);
            expected.merge(more);
            dense.merge(more);
            assertThat(dense.toHistogram()).isEqualTo(expected);
            assertThat(dense.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }

    @Test
    void refusesEverythingElse() {
        var whole = HistogramCodec.encode(Histogram.of(new int[] {1, 5}, new long[] {2, 3}));
        for (int length = 1; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> new DenseHistogram().addEncoded(cut))
                    .isInstanceOf(MalformedHistogramException.class);
        }
        var huge = HistogramCodec.encode(Histogram.of(new int[] {1}, new long[] {Long.MAX_VALUE}));
        var dense = new DenseHistogram();
        dense.addEncoded(huge);
        assertThatThrownBy(() -> dense.addEncoded(huge)).isInstanceOf(MalformedHistogramException.class);
    }

    /** However the values are spread over windows: the quantile of all lies in the bucket of the exact one. */
    @Test
    void aQuantileOfMergedHistogramsIsWithinOneBucketOfTheTruth() {
        var random = new Random(2);
        for (int round = 0; round < 300; round++) {
            var dense = new DenseHistogram();
            int windows = 1 + random.nextInt(20);
            long[] values = random.longs(windows + random.nextInt(2_000), Long.MIN_VALUE, Long.MAX_VALUE)
                    .map(value -> value >> random.nextInt(64))
                    .toArray();
            var parts = new Histogram[windows];
            Arrays.setAll(parts, _ -> new Histogram());
            for (long value : values) {
                parts[random.nextInt(windows)].add(value);
            }
            for (var part : parts) {
                dense.addEncoded(HistogramCodec.encode(part));
            }
            Arrays.sort(values);
            var merged = dense.toHistogram();
            for (double q : new double[] {0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1}) {
                long exact = values[(int) Math.clamp(Math.ceil(q * values.length) - 1, 0, values.length - 1)];
                var quantile = merged.quantile(q, values[0], values[values.length - 1]);
                assertThat(quantile.bucket()).isEqualTo(Buckets.of(exact));
                assertThat((double) exact).isBetween(quantile.low(), quantile.high());
                assertThat(Math.abs(quantile.value() - exact)).isLessThanOrEqualTo(quantile.error());
            }
        }
    }

    @Test
    void foldingGivesTheBucketsOfASmallerPrecision() {
        for (int precision = 0; precision <= Buckets.PRECISION; precision++) {
            for (int bucket = -Buckets.MAX; bucket <= Buckets.MAX; bucket++) {
                int folded = Buckets.fold(bucket, precision);
                long nearest = bucket >= 0 ? Buckets.lower(folded) : Buckets.greatest(folded);
                long magnitude = Math.abs(bucket >= 0 ? Buckets.lower(bucket) : Buckets.greatest(bucket));
                assertThat(Buckets.index(Math.abs(nearest), precision)).isEqualTo(Buckets.index(magnitude, precision));
                assertThat(Buckets.fold(folded, precision)).isEqualTo(folded);
                assertThat(Math.abs(folded)).isLessThanOrEqualTo(Math.abs(bucket));
            }
        }
    }

    private static Histogram random(Random random) {
        var histogram = new Histogram();
        for (int i = random.nextInt(30); i > 0; i--) {
            histogram.add(random.nextLong() >> random.nextInt(64));
        }
        return histogram;
    }
}
