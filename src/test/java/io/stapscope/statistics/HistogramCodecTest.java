package io.stapscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class HistogramCodecTest {
    /** As the first version wrote them. */
    private static final String DEFLATED =
            "01b58a474a43010044df8cf9c6042b56ec1d2b962fd63bb8f638b161c514b162c58a7a3a2b5624084236ee9cb77833309168"
                    + "8830790ac8274a0131e22aa488624a28a54ce554504915d5d4a8963aea69a09126b5d04a1bed74d0a92ebae9a1973efa35c0"
                    + "20430c1332a251c618678249a66642eeccadb9b1aecd95b93417e6dc9c59a7e6c41c9b2373680eac7db36776cd8ed9365bd6"
                    + "a6c998b44999a4d9b0d6cd9a59352b66d92c598b66c1cc9b39336b12d697f8141fe25dbc8957e9453c8b27f1281ec4bd1c12"
                    + "6451c02fffd1a7e324b2698efc2896b3fe52eef31b";

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
        var scattered = Histogram.of(new int[] {-1, 80, 81}, new long[] {1, 300, 2});
        assertThat(HistogramCodec.encode(scattered)).containsExactly(1, 3, 1, 1, 162, 1, 172, 2, 2, 2);
        var sideBySide = Histogram.of(new int[] {36, 37, 38, 39, 40}, new long[] {5, 6, 302, 292, 4});
        assertThat(HistogramCodec.encode(sideBySide)).containsExactly(2, 1, 72, 4, 10, 2, 208, 4, 19, 191, 4);
        var seconds = List.of(
                Histogram.of(new int[] {36, 37, 40}, new long[] {5, 7, 1}),
                new Histogram(),
                Histogram.of(new int[] {36, 37}, new long[] {6, 6}));
        assertThat(HexFormat.of().formatHex(SecondChunk.encode(seconds))).isEqualTo("020248010600fdbf224ae585");
    }

    @Test
    void pairsAreReadOfEveryHistogramWhicheverFormIsShorter() {
        var pairs = new byte[] {1, 5, 72, 5, 2, 6, 2, (byte) 174, 2, 2, (byte) 164, 2, 2, 4};
        assertThat(HistogramCodec.decode(pairs))
                .isEqualTo(Histogram.of(new int[] {36, 37, 38, 39, 40}, new long[] {5, 6, 302, 292, 4}));
    }

    @Test
    void secondsOfTheFirstVersionAreRead() {
        var expected = new ArrayList<Histogram>();
        for (int second = 0; second < SecondChunk.SECONDS; second++) {
            var histogram = new Histogram();
            if (second % 7 != 3) {
                histogram.addBucket(-4, 1 + second);
                histogram.addBucket(40, 300 - second);
                histogram.addBucket(41, 5);
                histogram.addBucket(80, second % 5 == 0 ? 1L << 40 : 0);
            }
            expected.add(histogram);
        }
        assertThat(SecondChunk.decode(HexFormat.of().parseHex(DEFLATED))).isEqualTo(expected);
        assertThat(SecondChunk.decode(SecondChunk.encode(expected))).isEqualTo(expected);
    }

    /** Steady, bursting, sparse and drifting minutes, and counts up to the largest. */
    @Test
    void minutesOfEveryShapeComeBackInItsColumns() {
        for (int round = 0; round < 300; round++) {
            var seconds = new ArrayList<Histogram>();
            int used = random.nextInt(1, 90);
            int first = random.nextInt(-Buckets.MAX, Buckets.MAX - 90);
            int bits = random.nextInt(1, 56);
            int silent = random.nextInt(1, 12);
            for (int i = random.nextInt(SecondChunk.SECONDS + 1); i > 0; i--) {
                var histogram = new Histogram();
                boolean burst = random.nextInt(10) == 0;
                for (int bucket = 0; bucket < used && random.nextInt(silent) < 2; bucket++) {
                    histogram.addBucket(
                            first + bucket,
                            random.nextLong(1L << (burst ? bits : random.nextInt(1, Math.min(bits, 9) + 1))));
                }
                seconds.add(histogram);
            }
            var chunk = SecondChunk.encode(seconds);
            while (seconds.size() < SecondChunk.SECONDS) {
                seconds.add(new Histogram());
            }
            assertThat(SecondChunk.decode(chunk)).isEqualTo(seconds);
        }
    }

    /** The mix of the benchmark of the store: what a month of it takes rests on this. */
    @Test
    void aBusyMinuteTakesAFewHundredBytesAndItsSecondsSomeMore() {
        long minutes = 0;
        long chunks = 0;
        for (var minute : BusySeries.minutes(40)) {
            minutes += HistogramCodec.encode(minute.whole()).length;
            chunks += SecondChunk.encode(minute.seconds()).length;
        }
        assertThat(minutes / 40).isBetween(80L, 130L);
        assertThat(chunks / 40).isBetween(1_000L, 1_600L);
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
                bytes[0] = (byte) (1 + round % 2);
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
