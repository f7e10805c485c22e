package io.stapscope.api.message;

import io.stapscope.history.KeyPart;
import io.stapscope.history.SeriesPage.SeriesSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A series over a whole capture. */
public record SeriesMessage(
        int id,
        List<KeyMessage> keys,
        long count,
        long sum,
        long min,
        long max,
        double p50,
        double p90,
        double p99,
        double p999) {

    /**
     * @param value a number where the part is one
     * @param note what it did last, such as the query of a backend
     */
    public record KeyMessage(
            String kind,
            Object value,
            String label,
            @Nullable String note) {
        static KeyMessage of(KeyPart part) {
            return new KeyMessage(part.kind(), value(part), part.label(), part.note());
        }

        private static Object value(KeyPart part) {
            if (part.kind().equals("execname")) {
                return part.value();
            }
            try {
                return Long.parseLong(part.value());
            } catch (NumberFormatException e) {
                return part.value();
            }
        }
    }

    public static SeriesMessage of(SeriesSummary series) {
        return new SeriesMessage(
                series.number(),
                series.keys().stream().map(KeyMessage::of).toList(),
                series.count(),
                series.sum(),
                series.min(),
                series.max(),
                series.p50(),
                series.p90(),
                series.p99(),
                series.p999());
    }
}
