package io.stapscope.pipeline;

import java.util.List;

/**
 * A series of one facet.
 *
 * @param agg id of the global in the plan
 * @param id unique within the aggregate over all facets; 0 is the total, which needs no announcement
 * @param keys the parts the facet keeps
 */
public record LiveSeries(int agg, int id, Facet facet, List<Key> keys) {
    public LiveSeries {
        keys = List.copyOf(keys);
    }
}
