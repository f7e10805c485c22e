package io.stapscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.history.Facet;
import io.stapscope.history.KeyPart;
import io.stapscope.history.RunningTotals.Total;
import io.stapscope.statistics.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final UUID CAPTURE = UUID.randomUUID();
    private static final Pattern BUCKET = Pattern.compile("_bucket\\{.*,le=\"(-?\\d+)\"} (\\d+)");

    @Test
    void everyLimitCountsExactlyTheIntegersUpToIt() {
        var random = new Random(1);
        long[] values = new long[5_000];
        var histogram = new Histogram();
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 64 ? 1L << i : (random.nextLong() >> random.nextInt(64));
            histogram.add(values[i]);
        }
        var text = PrometheusText.of(List.of(total(histogram, List.of())));
        var matcher = BUCKET.matcher(text);
        int limits = 0;
        while (matcher.find()) {
            long limit = Long.parseLong(matcher.group(1));
            assertThat(Long.parseLong(matcher.group(2)))
                    .as("le=%d", limit)
                    .isEqualTo(Arrays.stream(values)
                            .filter(value -> value <= limit)
                            .count());
            limits++;
        }
        assertThat(limits).isEqualTo(64);
        assertThat(text)
                .contains("le=\"+Inf\"} 5000\n")
                .contains("stapscope_values_count{")
                .contains("} 5000\n");
    }

    @Test
    void namesCannotBreakOut() {
        var text =
                PrometheusText.of(List.of(total(null, List.of(new KeyPart("execname", "a\"b\\c\nd", "a\"b\\c\nd")))));
        assertThat(text).contains("key=\"a\\\"b\\\\c\\nd\"} 7\n");
        assertThat(text.lines().filter(line -> !line.startsWith("#"))).hasSize(1);
    }

    private static Total total(Histogram histogram, List<KeyPart> keys) {
        return new Total(CAPTURE, "nightly", 0, "latency", "ns", Facet.TOTAL, keys, 7, 42, histogram);
    }
}
