package io.stapscope.api;

import io.stapscope.api.error.ApiException;
import io.stapscope.capture.Flame;
import io.stapscope.history.AggregateRecord;
import io.stapscope.history.SeriesPage;
import java.util.List;

/** What the routes of live and of stored trees of calls have in common. */
final class FlameTrees {
    private FlameTrees() {}

    /** Whether sums of values are asked for, else counts. */
    static boolean isSum(String value) {
        if (!value.equals("count") && !value.equals("sum")) {
            throw ApiException.badRequest("value", "value is count or sum");
        }
        return value.equals("sum");
    }

    /** Refuses what has no stacks. */
    static void check(List<AggregateRecord> aggregates, int agg) {
        var found = aggregates.stream().filter(each -> each.agg() == agg).findFirst();
        if (found.isEmpty()) {
            throw ApiException.notFound("no_such_aggregate", "there is no aggregate " + agg);
        }
        if (!Flame.hasStack(found.get().keyKinds())) {
            throw ApiException.badRequest(
                    "agg",
                    found.get().name() + " has no stack in its key; ubacktrace() or backtrace() there makes one, as in "
                            + found.get().name() + "[ubacktrace()] <<< 1");
        }
    }

    /**
     * The tree of stored series.
     *
     * @param total the series of the whole aggregate
     */
    static Flame of(SeriesPage stacks, SeriesPage total, boolean sums) {
        var builder = new Flame.Builder();
        for (var series : stacks.series()) {
            var key = series.keys().stream()
                    .map(part -> new Flame.Part(part.kind(), part.label()))
                    .toList();
            builder.add(key, figure(series, sums));
        }
        return builder.build(total.series().stream()
                .mapToLong(series -> figure(series, sums))
                .sum());
    }

    private static long figure(SeriesPage.SeriesSummary series, boolean sums) {
        return sums ? series.sum() : series.count();
    }
}
