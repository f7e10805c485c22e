package io.stapscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class HistogramCodecTest {
    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void decodingGivesWhatWasEncoded() {
        for (int round = 0; round < 200; round++) {
            var histogram = randomHistogram();
            assertThat(HistogramCodec.decode(HistogramCodec.encode(histogram))).isEqualTo(histogram);
        }
    }

    @Test
    void theBytesAreStable() {
        var histogram = Histogram.of(new int[] {-1, 80, 81}, new long[] {1, 300, 2});
        assertThat(HistogramCodec.encode(histogram)).containsExactly(1, 3, 1, 1, 162, 1, 172, 2, 2, 2);
    }

    @Test
    void aMinuteOfSecondsComesBackInItsColumns() {
        for (int round = 0; round < 20; round++) {
            var seconds = new ArrayList<Histogram>();
            for (int i = 0; i < SecondChunk.SECONDS; i++) {
                seconds.add(random.nextInt(3) == 0 ? new Histogram() : randomHistogram());
            }
            assertThat(SecondChunk.decode(SecondChunk.encode(seconds))).isEqualTo(seconds);
        }
    }

    @Test
    void aShortMinuteIsFilledWithEmptySeconds() {
        var first = Histogram.of(new int[] {5}, new long[] {Long.MAX_VALUE});
        var seconds = SecondChunk.decode(SecondChunk.encode(List.of(first)));
        assertThat(seconds).hasSize(60).startsWith(first);
        assertThat(seconds.subList(1, 60)).allMatch(Histogram::isEmpty);
    }

    @Test
    void steadySecondsTakeLittleSpace() {
        var seconds = new ArrayList<Histogram>();
        for (int i = 0; i < SecondChunk.SECONDS; i++) {
            seconds.add(Histogram.of(new int[] {40, 41, 42, 43}, new long[] {100, 1000, 500, 10}));
        }
        assertThat(SecondChunk.encode(seconds).length).isLessThan(100);
    }

    @Test
    void randomBytesGiveAValueOrATypedError() {
        for (int round = 0; round < 20_000; round++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = 1;
            }
            valueOrError(bytes, HistogramCodec::decode);
            valueOrError(bytes, SecondChunk::decode);
        }
    }

    @Test
    void damagedBytesGiveAValueOrATypedError() {
        var seconds = List.of(randomHistogram(), randomHistogram());
        for (int round = 0; round < 5_000; round++) {
            valueOrError(damaged(HistogramCodec.encode(seconds.getFirst())), HistogramCodec::decode);
            valueOrError(damaged(SecondChunk.encode(seconds)), SecondChunk::decode);
        }
    }

    @Test
    void anotherVersionIsNamed() {
        assertThatThrownBy(() -> HistogramCodec.decode(new byte[] {9, 0}))
                .isInstanceOf(MalformedHistogramException.class)
                .hasMessageContaining("version 9");
    }

    private byte[] damaged(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private static void valueOrError(byte[] bytes, Function<byte[], ?> decode) {
        try {
            assertThat(decode.apply(bytes)).isNotNull();
        } catch (MalformedHistogramException e) {
            assertThat(e).hasMessageMatching(".+");
        }
    }

    private Histogram randomHistogram() {
        var histogram = new Histogram();
        int buckets = random.nextInt(40);
        for (int i = 0; i < buckets; i++) {
            histogram.addBucket(
                    random.nextInt(-Buckets.MAX, Buckets.MAX + 1), 1 + (random.nextLong() >>> random.nextInt(8, 64)));
        }
        return histogram;
    }
}
