package io.stapscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Bytes of the store with what they mean, which a page that opens a bundle reads, too: {@code bundle.spec.ts} decodes the same
 * files. Written anew with {@code -Dgolden.update=true}.
 */
class StoredBytesTest {
    private static final Path SAMPLES = Path.of("src/test/resources/stored");
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void histogramsHaveTheBytesOfTheSamples() throws IOException {
        var all = new ArrayList<String>();
        histograms().forEach((about, histogram) -> {
            var bytes = HistogramCodec.encode(histogram);
            assertThat(HistogramCodec.decode(bytes)).isEqualTo(histogram);
            var counts = new ArrayList<String>();
            histogram.forEach((bucket, count) -> counts.add("[" + bucket + ", " + count + "]"));
            all.add(sample(about, bytes, counts));
        });
        compare("histograms.json", all);
    }

    @Test
    void secondsHaveTheBytesOfTheSamples() throws IOException {
        var all = new ArrayList<String>();
        minutes().forEach((about, minute) -> {
            var counts = new ArrayList<String>();
            for (int second = 0; second < minute.size(); second++) {
                int at = second;
                minute.get(second)
                        .forEach((bucket, count) -> counts.add("[" + at + ", " + bucket + ", " + count + "]"));
            }
            all.add(sample(about, SecondChunk.encode(minute), counts));
        });
        compare("seconds.json", all);
    }

    private static Map<String, Histogram> histograms() {
        var all = new LinkedHashMap<String, Histogram>();
        all.put("nothing", new Histogram());
        all.put("one value", Histogram.of(new int[] {137}, new long[] {1}));
        all.put("neighbours", Histogram.of(new int[] {-3, -2, -1, 0, 1, 2}, new long[] {5, 4, 900, 1, 7, 7}));
        all.put("scattered ones", Histogram.of(new int[] {-488, -80, 3, 200, 487}, new long[] {1, 2, 3, 1L << 50, 4}));
        return all;
    }

    private static Map<String, List<Histogram>> minutes() {
        var all = new LinkedHashMap<String, List<Histogram>>();
        all.put("no second", List.of());
        all.put("one value", minute(second -> second == 59 ? Histogram.of(new int[] {9}, new long[] {1}) : none()));
        all.put("a busy minute", busy(new Random(1), 40, 3_000));
        all.put("a minute of few values", busy(new Random(2), 12, 3));
        all.put(
                "values below zero",
                minute(second ->
                        Histogram.of(new int[] {-70, -2, 0, 70}, new long[] {1, second + 1, 60 - second, 1_000})));
        var random = new Random(3);
        all.put(
                "a counter in leaps",
                minute(second -> second % 7 == 3
                        ? none()
                        : Histogram.of(new int[] {0}, new long[] {1 + random.nextLong(1L << (1 + second * 2 / 3))})));
        return all;
    }

    private static List<Histogram> busy(Random random, int buckets, int most) {
        return minute(second -> {
            var histogram = new Histogram();
            for (int bucket = 0; bucket < buckets; bucket++) {
                histogram.addBucket(90 + bucket, random.nextInt(1 + most / (1 + Math.abs(bucket - buckets / 2))));
            }
            return histogram;
        });
    }

    private interface Second {
        Histogram of(int second);
    }

    private static List<Histogram> minute(Second each) {
        var minute = new ArrayList<Histogram>();
        for (int second = 0; second < SecondChunk.SECONDS; second++) {
            minute.add(each.of(second));
        }
        return minute;
    }

    private static Histogram none() {
        return new Histogram();
    }

    private static String sample(String about, byte[] bytes, List<String> counts) {
        var rows = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            rows.append(i == 0 ? "" : i % 8 == 0 ? ",\n   " : ", ").append(counts.get(i));
        }
        return " {\"about\": \"" + about + "\",\n  \"hex\": \"" + HEX.formatHex(bytes) + "\",\n  \"counts\": [" + rows
                + "]}";
    }

    private static void compare(String name, List<String> samples) throws IOException {
        var text = samples.stream().collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        var file = SAMPLES.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(SAMPLES);
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file)).isEqualTo(text);
    }
}
