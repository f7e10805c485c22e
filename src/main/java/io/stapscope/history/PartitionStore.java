package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;

/** Makes partitions before they are needed, so that no window waits for one, and tells of rows that missed theirs. */
@ApplicationScoped
class PartitionStore {
    private static final int DAYS_AHEAD = 3;

    private static final String AHEAD = """
            select ensure_partitions(day::date)
            from generate_series($1::date, $1::date + $2::int, interval '1 day') as day
            """;

    private static final String STRAY = """
            select (select count(*) from (select 1 from h_min_default limit 1000) m)
                + (select count(*) from (select 1 from h_1s_default limit 1000) m)
                + (select count(*) from (select 1 from h_hour_default limit 1000) m)
                + (select count(*) from (select 1 from h_day_default limit 1000) m) as rows
            """;

    private final Pool pool;

    PartitionStore(Pool pool) {
        this.pool = pool;
    }

    /** Partitions of today and the days after. */
    Uni<Void> makeAhead(LocalDate today) {
        return pool.preparedQuery(AHEAD).execute(Tuple.of(today, DAYS_AHEAD)).replaceWithVoid();
    }

    /** Rows in default partitions, up to 1,000 of each: retention does not drop them. */
    Uni<Long> strayRows() {
        return pool.query(STRAY).execute().map(rows -> rows.iterator().next().getLong("rows"));
    }
}
