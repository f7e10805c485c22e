package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Policies and sizes in PostgreSQL. */
@ApplicationScoped
class RetentionStore implements Retention {
    private static final String POLICIES = """
            select owner, second_days, minute_days, hour_days, line_days, quota_bytes from retention order by owner
            """;

    private static final String CHANGE = """
            insert into retention (owner, second_days, minute_days, hour_days, line_days, quota_bytes)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (owner) do update
            set second_days = excluded.second_days, minute_days = excluded.minute_days, hour_days = excluded.hour_days,
                line_days = excluded.line_days, quota_bytes = excluded.quota_bytes, changed_at = now()
            """;

    private static final String FORGET = "delete from retention where owner = $1 and owner <> ''";

    /** Hours that are over were measured when they were added up; what is newer is measured now. */
    private static final String USAGE = """
            with owned as (
                select id from capture where $1 = '' or owner = $1
            ), over as (
                select coalesce(sum(second_bytes), 0)::bigint as second_bytes,
                    coalesce(sum(minute_bytes), 0)::bigint as minute_bytes,
                    coalesce(sum(line_bytes), 0)::bigint as line_bytes
                from capture_hour where capture_id in (select id from owned)
            ), fresh as (
                select m.capture_id, m.ts from capture_minute m
                where not m.rolled and m.capture_id in (select id from owned)
            )
            select over.second_bytes + coalesce((select sum(92 + length(x.chunk)) from fresh f
                    join series s on s.capture_id = f.capture_id join h_1s x on x.series_id = s.id and x.ts = f.ts), 0)
                    as second_bytes,
                over.minute_bytes + coalesce((select sum(124 + coalesce(length(x.hist), 0)) from fresh f
                    join series s on s.capture_id = f.capture_id join h_min x on x.series_id = s.id and x.ts = f.ts), 0)
                    as minute_bytes,
                over.line_bytes + coalesce((select sum(100 + pg_column_size(l.line)) from
                    (select capture_id, min(ts) as ts from fresh group by capture_id) f
                    join console l on l.capture_id = f.capture_id and l.ts >= f.ts), 0) as line_bytes
            from over
            """;

    /** Rows of the last hour; those of captures that ended before it are none. */
    private static final String LAST_HOUR = """
            with live as (
                select id from capture
                where ($1 = '' or owner = $1) and (stopped_at is null or stopped_at > now() - interval '1 hour')
            )
            select coalesce((select sum(92 + length(x.chunk)) from live c join series s on s.capture_id = c.id
                    join h_1s x on x.series_id = s.id and x.ts > now() - interval '1 hour'), 0)::bigint as second_bytes,
                coalesce((select sum(124 + coalesce(length(x.hist), 0)) from live c join series s on s.capture_id = c.id
                    join h_min x on x.series_id = s.id and x.ts > now() - interval '1 hour'), 0)::bigint as minute_bytes,
                coalesce((select sum(100 + pg_column_size(l.line)) from live c
                    join console l on l.capture_id = c.id and l.ts > now() - interval '1 hour'), 0)::bigint as line_bytes
            """;

    private static final long HOURS_A_DAY = 24;

    /** An hour row is about one and a half minute rows: it has more buckets. */
    private static final long MINUTES_PER_HOUR_ROW = 40;

    private final Pool pool;

    RetentionStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<RetentionPolicy>> policies() {
        return pool.query(POLICIES)
                .execute()
                .map(rows -> rows.stream().map(RetentionStore::policy).toList());
    }

    private static RetentionPolicy policy(Row row) {
        return new RetentionPolicy(
                row.getString("owner"),
                row.getInteger("second_days"),
                row.getInteger("minute_days"),
                row.getInteger("hour_days"),
                row.getInteger("line_days"),
                row.getLong("quota_bytes"));
    }

    @Override
    public Uni<Void> change(RetentionPolicy policy) {
        return pool.preparedQuery(CHANGE)
                .execute(Tuple.tuple()
                        .addValue(policy.owner())
                        .addValue(policy.secondDays())
                        .addValue(policy.minuteDays())
                        .addValue(policy.hourDays())
                        .addValue(policy.lineDays())
                        .addValue(policy.quotaBytes()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> forget(String owner) {
        return pool.preparedQuery(FORGET).execute(Tuple.of(owner)).map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Uni<StoreUsage> usage(String owner) {
        return policies().chain(policies -> pool.preparedQuery(USAGE)
                .execute(Tuple.of(owner))
                .chain(usage -> pool.preparedQuery(LAST_HOUR)
                        .execute(Tuple.of(owner))
                        .map(last -> usage(
                                owner,
                                of(owner, policies),
                                usage.iterator().next(),
                                last.iterator().next()))));
    }

    private static StoreUsage usage(String owner, RetentionPolicy policy, Row usage, Row lastHour) {
        long minutes = lastHour.getLong("minute_bytes");
        long predicted = HOURS_A_DAY
                * (lastHour.getLong("second_bytes") * policy.secondDays()
                        + minutes * policy.minuteDays()
                        + minutes / MINUTES_PER_HOUR_ROW * policy.hourDays()
                        + lastHour.getLong("line_bytes") * policy.lineDays());
        return new StoreUsage(
                owner,
                usage.getNumeric("second_bytes").longValue(),
                usage.getNumeric("minute_bytes").longValue(),
                usage.getNumeric("line_bytes").longValue(),
                predicted);
    }

    /** The policy that holds for an owner: his own or everybody's. */
    static RetentionPolicy of(String owner, List<RetentionPolicy> policies) {
        return policies.stream()
                .filter(policy -> policy.owner().equals(owner))
                .findFirst()
                .orElseGet(() -> everybody(policies));
    }

    static RetentionPolicy everybody(List<RetentionPolicy> policies) {
        return policies.stream()
                .filter(policy -> policy.owner().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the table retention has no row of everybody"));
    }
}
