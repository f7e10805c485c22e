package io.stapscope.history;

import java.util.List;

/**
 * A global of the script whose windows are kept.
 *
 * @param agg id of the global in the plan
 * @param kind statistic or counter
 * @param keyKinds kind of each key part, see {@link KeyPart#kind}
 * @param unit ns, us, ms, s, bytes or none
 * @param line of the declaration, from 1
 */
public record AggregateRecord(int agg, String name, String kind, List<String> keyKinds, String unit, int line) {
    public AggregateRecord {
        keyKinds = List.copyOf(keyKinds);
    }
}
