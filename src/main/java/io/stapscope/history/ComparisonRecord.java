package io.stapscope.history;

import io.stapscope.statistics.Comparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two ranges beside one another.
 *
 * @param comparison null when one of them is empty or both count only
 * @param keys those of a facet with the greatest counts in both together
 */
public record ComparisonRecord(
        Distribution a, Distribution b, @Nullable Comparison comparison, List<KeyShift> keys) {
    public ComparisonRecord {
        keys = List.copyOf(keys);
    }

    /**
     * A key in both.
     *
     * @param comparison of the quantiles asked for; null when one side counted too little of it
     */
    public record KeyShift(
            List<KeyPart> keys,
            long countA,
            long countB,
            @Nullable Comparison comparison) {
        public KeyShift {
            keys = List.copyOf(keys);
        }
    }
}
