package io.stapscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BucketsTest {
    @Test
    void theLeastLongIsAloneInTheLastBucket() {
        assertThat(Buckets.MAX).isEqualTo(488);
        assertThat(Buckets.of(Long.MIN_VALUE)).isEqualTo(-488);
        assertThat(Buckets.of(Long.MIN_VALUE + 1)).isEqualTo(-487);
        assertThat(Buckets.of(Long.MAX_VALUE)).isEqualTo(487);
        assertThat(Buckets.lower(-488)).isEqualTo(Long.MIN_VALUE);
        assertThat(Buckets.greatest(-488)).isEqualTo(Long.MIN_VALUE);
        assertThat(Buckets.greatest(487)).isEqualTo(Long.MAX_VALUE);
        assertThat(Buckets.upper(487)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "1,1", "7,7", "8,8", "15,15", "16,16", "17,16", "18,17", "31,23", "32,24", "4096,80", "-1,-1", "-16,-16",
        "-17,-16"
    })
    void smallValuesHaveTheirOwnBucketAndLargerOnesEightToAnOctave(long value, int bucket) {
        assertThat(Buckets.of(value)).isEqualTo(bucket);
    }

    @Test
    void bucketsCoverAllLongsWithoutHolesOrOverlap() {
        for (int bucket = -Buckets.MAX; bucket < Buckets.MAX; bucket++) {
            assertThat(Buckets.of(Buckets.lower(bucket))).isEqualTo(bucket);
            assertThat(Buckets.of(Buckets.greatest(bucket))).isEqualTo(bucket);
            if (bucket < 487) {
                assertThat(Buckets.upper(bucket)).isEqualTo(Buckets.lower(bucket + 1));
            }
        }
    }

    @Test
    void aMidpointIsWithinItsErrorOfEachValueOfTheBucket() {
        for (int bucket = -Buckets.MAX; bucket < Buckets.MAX; bucket++) {
            double middle = Buckets.midpoint(bucket);
            assertThat(Math.abs(middle - Buckets.lower(bucket)))
                    .isLessThanOrEqualTo(Math.abs((double) Buckets.lower(bucket)) * Buckets.MIDPOINT_ERROR);
            assertThat(Math.abs(middle - Buckets.greatest(bucket)))
                    .isLessThanOrEqualTo(Math.abs((double) Buckets.greatest(bucket)) * Buckets.MIDPOINT_ERROR);
        }
    }

    @Test
    void eightBucketsMakeExactlyOneBucketOfHistLog() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            long magnitude = Math.abs(value);
            int expected = value == 0 ? 0 : 64 - Long.numberOfLeadingZeros(magnitude);
            assertThat(Buckets.toLog(Buckets.of(value))).isEqualTo(value >= 0 ? expected : -expected);
        }
        assertThat(Buckets.toLog(-488)).isEqualTo(-64);
        assertThat(Buckets.logEdge(-64)).isEqualTo(Long.MIN_VALUE);
        assertThat(Buckets.logEdge(13)).isEqualTo(4096);
    }
}
