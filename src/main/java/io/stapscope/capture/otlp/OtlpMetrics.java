package io.stapscope.capture.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stapscope.history.RunningTotals.Total;
import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.Histogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Series as the JSON of OTLP (opentelemetry-proto, {@code ExportMetricsServiceRequest}): cumulative histograms with explicit
 * bounds. A bound belongs to the bucket below it there, and values are integers, so the last integer before a power of two
 * as a bound counts exactly. 64-bit integers are texts in that JSON.
 */
final class OtlpMetrics {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CUMULATIVE = 2;

    /** -1 for all that is negative, 0 for zero, then the end of each octave. */
    static final List<Long> BOUNDS = bounds();

    private OtlpMetrics() {}

    private static List<Long> bounds() {
        var bounds = new ArrayList<>(List.of(-1L, 0L));
        for (int octave = 1; octave < 63; octave++) {
            bounds.add((1L << octave) - 1);
        }
        return List.copyOf(bounds);
    }

    static String body(List<Total> totals, String host, String version, long nowMillis) {
        var histograms = new ArrayList<Object>();
        var sums = new ArrayList<Object>();
        for (var total : totals) {
            var histogram = total.histogram();
            if (histogram == null) {
                sums.add(point(total, nowMillis, Map.of("asInt", Long.toString(total.count()))));
            } else {
                histograms.add(point(total, nowMillis, distribution(total, histogram)));
            }
        }
        var metrics = new ArrayList<Object>();
        if (!histograms.isEmpty()) {
            metrics.add(Map.of(
                    "name", "stapscope.values",
                    "description", "Values fed to a statistic of a running capture.",
                    "histogram", Map.of("aggregationTemporality", CUMULATIVE, "dataPoints", histograms)));
        }
        if (!sums.isEmpty()) {
            metrics.add(Map.of(
                    "name", "stapscope.counter",
                    "description", "What a counter of a running capture has counted.",
                    "sum", Map.of("aggregationTemporality", CUMULATIVE, "isMonotonic", true, "dataPoints", sums)));
        }
        var scope = Map.of("scope", Map.of("name", "stapscope", "version", version), "metrics", metrics);
        var resource =
                Map.of("attributes", List.of(attribute("service.name", "stapscope"), attribute("host.name", host)));
        try {
            return JSON.writeValueAsString(
                    Map.of("resourceMetrics", List.of(Map.of("resource", resource, "scopeMetrics", List.of(scope)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> point(Total total, long nowMillis, Map<String, Object> value) {
        var point = new LinkedHashMap<String, Object>(value);
        point.put("startTimeUnixNano", total.startedAtMillis() + "000000");
        point.put("timeUnixNano", nowMillis + "000000");
        point.put(
                "attributes",
                List.of(
                        attribute("capture", total.name()),
                        attribute("run", total.capture().toString()),
                        attribute("aggregate", total.aggregate()),
                        attribute("unit", total.unit()),
                        attribute("facet", total.facet().word()),
                        attribute(
                                "key",
                                total.keys().stream().map(key -> key.label()).collect(Collectors.joining(" · ")))));
        return point;
    }

    private static Map<String, Object> distribution(Total total, Histogram histogram) {
        var counts = new long[BOUNDS.size() + 1];
        int place = 0;
        for (int i = 0; i < histogram.size(); i++) {
            long greatest = Buckets.greatest(histogram.bucketAt(i));
            while (place < BOUNDS.size() && greatest > BOUNDS.get(place)) {
                place++;
            }
            counts[place] += histogram.countAt(i);
        }
        var texts = new ArrayList<String>();
        for (long count : counts) {
            texts.add(Long.toString(count));
        }
        return Map.of(
                "count",
                Long.toString(histogram.count()),
                "sum",
                total.sum(),
                "explicitBounds",
                BOUNDS,
                "bucketCounts",
                texts);
    }

    private static Map<String, Object> attribute(String key, String value) {
        return Map.of("key", key, "value", Map.of("stringValue", value));
    }
}
