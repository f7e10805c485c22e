package io.stapscope.api;

import io.stapscope.history.RunningTotals.Total;
import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.Histogram;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Series in the text format of Prometheus. Distributions are classic histograms whose limits are the last integer before a
 * power of two: values are integers, so {@code le} counts exactly those up to it. The limits are the same for every series
 * and every scrape, since {@code rate()} and sums over series need that.
 */
final class PrometheusText {
    private static final int OCTAVES = 63;

    private final StringBuilder text = new StringBuilder();

    static String of(List<Total> totals) {
        var text = new PrometheusText();
        text.head("stapscope_values", "histogram", "Values fed to a statistic of a running capture.");
        totals.stream().filter(total -> total.histogram() != null).forEach(text::histogram);
        text.head("stapscope_counter", "counter", "What a counter of a running capture has counted.");
        totals.stream().filter(total -> total.histogram() == null).forEach(text::counter);
        return text.text.toString();
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ");
        text.append(name).append(' ').append(type).append('\n');
    }

    private void counter(Total total) {
        text.append("stapscope_counter{")
                .append(labels(total))
                .append("} ")
                .append(total.count())
                .append('\n');
    }

    private void histogram(Total total) {
        var labels = labels(total);
        var histogram = total.histogram() == null ? new Histogram() : total.histogram();
        long upTo = 0;
        int next = 0;
        for (int octave = -1; octave < OCTAVES; octave++) {
            // -1 for all that is negative, 0 for zero, then the octaves.
            long limit = octave < 0 ? -1 : octave == 0 ? 0 : (1L << octave) - 1;
            while (next < histogram.size() && Buckets.greatest(histogram.bucketAt(next)) <= limit) {
                upTo += histogram.countAt(next++);
            }
            bucket(labels, Long.toString(limit), upTo);
        }
        bucket(labels, "+Inf", histogram.count());
        text.append("stapscope_values_sum{")
                .append(labels)
                .append("} ")
                .append(total.sum())
                .append('\n');
        text.append("stapscope_values_count{")
                .append(labels)
                .append("} ")
                .append(histogram.count())
                .append('\n');
    }

    private void bucket(String labels, String limit, long count) {
        text.append("stapscope_values_bucket{")
                .append(labels)
                .append(",le=\"")
                .append(limit)
                .append("\"} ");
        text.append(count).append('\n');
    }

    private static String labels(Total total) {
        return "capture=\"" + escaped(total.name()) + "\",run=\"" + total.capture() + "\",aggregate=\""
                + escaped(total.aggregate()) + "\",unit=\"" + total.unit() + "\",facet=\""
                + total.facet().word()
                + "\",key=\""
                + escaped(total.keys().stream().map(key -> key.label()).collect(Collectors.joining(" · "))) + "\"";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
