package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.stapscope.statistics.Comparison;
import io.stapscope.statistics.Sample;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads two ranges and compares them, as a whole and by key. */
@ApplicationScoped
class ComparisonStore {
    /** With fewer values on one side a quantile says more about chance than about the key. */
    static final long FEWEST_VALUES = 30;

    private final Questions questions;
    private final RangeStore ranges;
    private final FacetStore facets;

    ComparisonStore(Questions questions, RangeStore ranges, FacetStore facets) {
        this.questions = questions;
        this.ranges = ranges;
        this.facets = facets;
    }

    /** One side of the keys: what each counted, by the values of its parts. */
    private record Side(FacetStore.Counted counted, Map<List<String>, Long> ids) {
        static Side of(FacetStore.Counted counted) {
            var ids = new HashMap<List<String>, Long>();
            counted.counts().keySet().forEach(id -> ids.put(values(counted.member(id)), id));
            return new Side(counted, ids);
        }

        long count(List<String> key) {
            Long id = ids.get(key);
            return id == null ? 0 : counted.counts().get(id);
        }
    }

    Uni<ComparisonRecord> compare(
            SeriesRange a, SeriesRange b, List<Double> quantiles, @Nullable Facet facet, int mostKeys) {
        return ranges.read(a).map(RangeColumns::distribution).chain(ofA -> ranges.read(b)
                .map(RangeColumns::distribution)
                .chain(ofB -> keys(a, b, quantiles, facet, mostKeys)
                        .map(keys -> new ComparisonRecord(ofA, ofB, compare(ofA, ofB, quantiles, 1), keys))));
    }

    private Uni<List<ComparisonRecord.KeyShift>> keys(
            SeriesRange a, SeriesRange b, List<Double> quantiles, @Nullable Facet facet, int mostKeys) {
        if (facet == null || facet == Facet.TOTAL || mostKeys == 0) {
            return Uni.createFrom().item(List.of());
        }
        return questions.ask(connection -> facets.count(connection, a, facet)
                .map(Side::of)
                .chain(sideA -> facets.count(connection, b, facet).map(Side::of).chain(sideB -> {
                    var keys = largest(sideA, sideB, mostKeys);
                    return facets.distributions(connection, sideA.counted(), ids(sideA, keys))
                            .chain(ofA -> facets.distributions(connection, sideB.counted(), ids(sideB, keys))
                                    .map(ofB -> shifts(keys, ofA, ofB, quantiles)));
                })));
    }

    private static List<List<String>> largest(Side a, Side b, int limit) {
        Set<List<String>> keys = new HashSet<>(a.ids().keySet());
        keys.addAll(b.ids().keySet());
        return keys.stream()
                .sorted((one, other) -> Long.compare(a.count(other) + b.count(other), a.count(one) + b.count(one)))
                .limit(limit)
                .toList();
    }

    private static List<Long> ids(Side side, List<List<String>> keys) {
        var ids = new ArrayList<Long>();
        for (var key : keys) {
            Long id = side.ids().get(key);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static List<ComparisonRecord.KeyShift> shifts(
            List<List<String>> keys,
            Map<FacetStore.Member, Distribution> ofA,
            Map<FacetStore.Member, Distribution> ofB,
            List<Double> quantiles) {
        var named = new HashMap<List<String>, List<KeyPart>>();
        var a = byKey(ofA, named);
        var b = byKey(ofB, named);
        return keys.stream()
                .map(key -> {
                    var inA = a.get(key);
                    var inB = b.get(key);
                    return new ComparisonRecord.KeyShift(
                            named.getOrDefault(key, List.of()),
                            inA == null ? 0 : inA.count(),
                            inB == null ? 0 : inB.count(),
                            inA == null || inB == null ? null : compare(inA, inB, quantiles, FEWEST_VALUES));
                })
                .toList();
    }

    private static Map<List<String>, Distribution> byKey(
            Map<FacetStore.Member, Distribution> distributions, Map<List<String>, List<KeyPart>> named) {
        var byKey = new LinkedHashMap<List<String>, Distribution>();
        distributions.forEach((member, distribution) -> {
            byKey.put(values(member), distribution);
            named.put(values(member), member.keys());
        });
        return byKey;
    }

    private static List<String> values(FacetStore.Member member) {
        return member.keys().stream().map(KeyPart::value).toList();
    }

    private static @Nullable Comparison compare(
            Distribution a, Distribution b, List<Double> quantiles, long fewestValues) {
        return a.histogram().count() < fewestValues || b.histogram().count() < fewestValues
                ? null
                : Comparison.of(sample(a), sample(b), quantiles);
    }

    private static Sample sample(Distribution distribution) {
        return new Sample(distribution.histogram(), distribution.min(), distribution.max());
    }
}
