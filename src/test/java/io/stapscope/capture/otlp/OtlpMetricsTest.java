package io.stapscope.capture.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stapscope.history.Facet;
import io.stapscope.history.KeyPart;
import io.stapscope.history.RunningTotals.Total;
import io.stapscope.statistics.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Names and shapes are those of opentelemetry-proto's metrics.proto in its JSON form. */
class OtlpMetricsTest {
    private static final UUID CAPTURE = UUID.randomUUID();

    @Test
    void bucketsCountExactlyTheIntegersUpToTheirBounds() throws JsonProcessingException {
        var random = new Random(1);
        long[] values =
                random.longs(5_000).map(value -> value >> random.nextInt(64)).toArray();
        var histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::add);

        var metric = metrics(total(histogram)).get(0);
        assertThat(metric.get("name").asText()).isEqualTo("stapscope.values");
        assertThat(metric.get("histogram").get("aggregationTemporality").asInt())
                .isEqualTo(2);
        var point = metric.get("histogram").get("dataPoints").get(0);
        var bounds = point.get("explicitBounds");
        var counts = point.get("bucketCounts");
        assertThat(counts).hasSize(bounds.size() + 1);
        long before = Long.MIN_VALUE;
        for (int i = 0; i < counts.size(); i++) {
            long low = before;
            long high = i < bounds.size() ? bounds.get(i).asLong() : Long.MAX_VALUE;
            assertThat(counts.get(i).asText())
                    .isEqualTo(Long.toString(Arrays.stream(values)
                            .filter(value -> (value > low || low == Long.MIN_VALUE) && value <= high)
                            .count()));
            before = high;
        }
        assertThat(point.get("count").asText()).isEqualTo("5000");
        assertThat(point.get("startTimeUnixNano").asText()).isEqualTo("1000000000");
        assertThat(point.get("timeUnixNano").asText()).isEqualTo("61000000000");
        assertThat(point.get("attributes"))
                .anyMatch(each -> each.get("key").asText().equals("key")
                        && each.get("value").get("stringValue").asText().equals("a\"b\u0000"));
    }

    @Test
    void countersAreMonotonicSums() throws JsonProcessingException {
        var metric = metrics(total(null)).get(0);
        assertThat(metric.get("sum").get("isMonotonic").asBoolean()).isTrue();
        assertThat(metric.get("sum").get("dataPoints").get(0).get("asInt").asText())
                .isEqualTo("7");
    }

    private static JsonNode metrics(Total total) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(OtlpMetrics.body(List.of(total), "here", "1", 61_000))
                .get("resourceMetrics")
                .get(0)
                .get("scopeMetrics")
                .get(0)
                .get("metrics");
    }

    private static Total total(Histogram histogram) {
        var key = new KeyPart("execname", "a\"b\u0000", "a\"b\u0000");
        return new Total(CAPTURE, "nightly", 1_000, "latency", "ns", Facet.EXECNAME, List.of(key), 7, 42, histogram);
    }
}
