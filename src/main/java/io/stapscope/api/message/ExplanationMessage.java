package io.stapscope.api.message;

import io.stapscope.pipeline.Explanation;
import io.stapscope.pipeline.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A selection against the rest: counts of values, so that the shares are the reader's to compute. */
public record ExplanationMessage(long inside, long rest, List<SplitMessage> splits) {
    /**
     * @param facet the kind of key it is split by
     * @param series how many there are, listed or not
     */
    public record SplitMessage(String facet, int series, List<RowMessage> rows) {}

    public record RowMessage(int series, List<PartMessage> keys, long inside, long rest) {}

    public record PartMessage(
            String kind,
            Object value,
            String label,
            @Nullable String note) {
        static PartMessage of(Key key) {
            return new PartMessage(key.kind().word(), key.value(), key.label(), key.note());
        }
    }

    public static ExplanationMessage of(Explanation explanation) {
        return new ExplanationMessage(
                explanation.inside(),
                explanation.rest(),
                explanation.splits().stream()
                        .map(split -> new SplitMessage(
                                split.facet().word(),
                                split.series(),
                                split.rows().stream()
                                        .map(row -> new RowMessage(
                                                row.series(),
                                                row.keys().stream()
                                                        .map(PartMessage::of)
                                                        .toList(),
                                                row.inside(),
                                                row.rest()))
                                        .toList()))
                        .toList());
    }
}
