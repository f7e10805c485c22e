package io.stapscope.pipeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the series of one aggregate gained in one interval.
 *
 * @param facets series that changed, by facet, ascending by id; the total, when anything changed, is under {@link Facet#TOTAL}
 */
public record AggregateInterval(Map<Facet, List<SeriesDelta>> facets) {
    static final AggregateInterval EMPTY = new AggregateInterval(Map.of());

    public AggregateInterval {
        facets = Map.copyOf(facets);
    }

    /** The total followed by the series of {@code facet}, ascending by id. */
    public List<SeriesDelta> of(Facet facet) {
        var total = facets.getOrDefault(Facet.TOTAL, List.of());
        if (facet == Facet.TOTAL) {
            return total;
        }
        var all = new ArrayList<>(total);
        all.addAll(facets.getOrDefault(facet, List.of()));
        return all;
    }

    AggregateInterval only(Facet facet) {
        var kept = new EnumMap<Facet, List<SeriesDelta>>(Facet.class);
        facets.forEach((each, deltas) -> {
            if (each == Facet.TOTAL || each == facet) {
                kept.put(each, deltas);
            }
        });
        return new AggregateInterval(kept);
    }

    AggregateInterval plus(AggregateInterval other) {
        var merged = new EnumMap<Facet, List<SeriesDelta>>(Facet.class);
        for (var facet : Facet.values()) {
            var byId = new TreeMap<Integer, SeriesDelta>();
            facets.getOrDefault(facet, List.of()).forEach(delta -> byId.put(delta.series(), delta));
            other.facets
                    .getOrDefault(facet, List.of())
                    .forEach(delta -> byId.merge(delta.series(), delta, SeriesDelta::plus));
            if (!byId.isEmpty()) {
                merged.put(facet, List.copyOf(byId.values()));
            }
        }
        return new AggregateInterval(merged);
    }

    int cells() {
        int cells = 0;
        for (var deltas : facets.values()) {
            for (var delta : deltas) {
                cells += delta.cells();
            }
        }
        return cells;
    }
}
