package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * Takes away what is older than its policy allows, by dropping whole partitions where nobody keeps them longer, and what
 * an owner has above the quota: printed lines first, then seconds, then minutes whose hours are kept. Blocks; for the
 * thread of the housekeeping.
 */
@ApplicationScoped
class Expiry {
    private static final Logger LOG = Logger.getLogger(Expiry.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int HOURS_AT_ONCE = 10_000;

    private static final String DROP = "select drop_partitions($1, $2)";

    /** Captures of an owner that began before a time; everybody's policy is for owners without their own. */
    private static final String OWNED = """
            (select id from capture where started_at < $2 and case when $1 = ''
                then owner not in (select owner from retention where owner <> '') else owner = $1 end)
            """;

    private static final List<String> SECONDS = List.of(
            "delete from h_1s where ts < $2 and series_id in (select id from series where capture_id in " + OWNED + ")",
            "update capture set seconds_from = greatest(coalesce(seconds_from, $2), $2) where id in " + OWNED,
            "update capture_hour set second_bytes = 0 where ts <= $2::timestamptz - interval '1 hour' "
                    + "and second_bytes > 0 and capture_id in " + OWNED);

    private static final List<String> MINUTES = List.of(
            "delete from h_min where ts < $2 and series_id in (select id from series where capture_id in " + OWNED
                    + ")",
            "delete from capture_minute where ts < $2 and capture_id in " + OWNED,
            "update capture set minutes_from = greatest(coalesce(minutes_from, $2), $2) where id in " + OWNED,
            "update capture_hour set minute_bytes = 0 where ts <= $2::timestamptz - interval '1 hour' "
                    + "and minute_bytes > 0 and capture_id in " + OWNED);

    private static final List<String> HOURS = List.of(
            "delete from h_hour where ts < $2 and series_id in (select id from series where capture_id in " + OWNED
                    + ")",
            "delete from h_day where ts < $2 and series_id in (select id from series where capture_id in " + OWNED
                    + ")",
            "delete from capture_hour where ts < $2 and capture_id in " + OWNED,
            "delete from capture_day where ts < $2 and capture_id in " + OWNED);

    private static final List<String> LINES = List.of(
            "delete from console where ts < $2 and capture_id in " + OWNED,
            "update capture set lines_from = greatest(coalesce(lines_from, $2), $2) where id in " + OWNED,
            "update capture_hour set line_bytes = 0 where ts <= $2::timestamptz - interval '1 hour' and line_bytes > 0 "
                    + "and capture_id in " + OWNED);

    private static final String ENDED = """
            select id from capture where stopped_at < $2 and id in
            """ + OWNED;

    /** The oldest hours of an owner that still hold something of a kind. */
    private static final String OLDEST = """
            select h.capture_id, h.ts, h.%1$s as bytes
            from capture_hour h
            join capture c on c.id = h.capture_id
            where h.%1$s > 0 and ($1 = '' or c.owner = $1)
            order by h.ts
            limit $2
            """;

    private final Pool pool;
    private final RetentionStore retention;
    private final CaptureStore captures;

    Expiry(Pool pool, RetentionStore retention, CaptureStore captures) {
        this.pool = pool;
        this.retention = retention;
        this.captures = captures;
    }

    /** Kinds of rows in the order in which a quota takes them, by their column in capture_hour. */
    private enum Kind {
        LINES(
                "line_bytes",
                "delete from console where capture_id = $1 and ts >= $2 and ts < $3",
                "update capture set lines_from = greatest(coalesce(lines_from, $2), $2) where id = $1"),
        SECONDS(
                "second_bytes",
                "delete from h_1s where series_id in (select id from series where capture_id = $1) and ts >= $2 and ts < $3",
                "update capture set seconds_from = greatest(coalesce(seconds_from, $2), $2) where id = $1"),
        MINUTES(
                "minute_bytes",
                "delete from h_min where series_id in (select id from series where capture_id = $1) and ts >= $2 and ts < $3",
                "update capture set minutes_from = greatest(coalesce(minutes_from, $2), $2) where id = $1");

        final String column;
        final String delete;
        final String from;

        Kind(String column, String delete, String from) {
            this.column = column;
            this.delete = delete;
            this.from = from;
        }
    }

    /** Does all that is due at a time. */
    void enforce(OffsetDateTime now) {
        var policies = await(retention.policies());
        dropPartitions("h_1s", now, policies, RetentionPolicy::secondDays);
        dropPartitions("h_min", now, policies, RetentionPolicy::minuteDays);
        dropPartitions("h_hour", now, policies, RetentionPolicy::hourDays);
        dropPartitions("h_day", now, policies, RetentionPolicy::hourDays);
        for (var policy : policies) {
            expire(SECONDS, policy, now.minusDays(policy.secondDays()));
            expire(MINUTES, policy, now.minusDays(policy.minuteDays()));
            expire(HOURS, policy, now.minusDays(policy.hourDays()));
            expire(LINES, policy, now.minusDays(policy.lineDays()));
            deleteEnded(policy, now.minusDays(policy.hourDays()));
        }
        policies.forEach(this::enforceQuota);
    }

    private void dropPartitions(
            String table, OffsetDateTime now, List<RetentionPolicy> policies, ToIntFunction<RetentionPolicy> days) {
        int longest = policies.stream().mapToInt(days).max().orElseThrow();
        await(pool.preparedQuery(DROP).execute(Tuple.of(table, now.minusDays(longest))));
    }

    private void expire(List<String> statements, RetentionPolicy policy, OffsetDateTime before) {
        await(pool.withTransaction(connection -> {
            Uni<?> done = Uni.createFrom().voidItem();
            for (var statement : statements) {
                done = done.chain(() -> connection.preparedQuery(statement).execute(Tuple.of(policy.owner(), before)));
            }
            return done.replaceWithVoid();
        }));
    }

    private void deleteEnded(RetentionPolicy policy, OffsetDateTime before) {
        var ended = new ArrayList<UUID>();
        await(pool.preparedQuery(ENDED).execute(Tuple.of(policy.owner(), before)))
                .forEach(row -> ended.add(row.getUUID("id")));
        ended.forEach(id -> await(captures.delete(id)));
    }

    private void enforceQuota(RetentionPolicy policy) {
        long bytes = await(retention.usage(policy.owner())).bytes();
        for (var kind : Kind.values()) {
            long before = bytes;
            while (bytes > policy.quotaBytes()) {
                var oldest = await(pool.preparedQuery(OLDEST.formatted(kind.column))
                        .execute(Tuple.of(policy.owner(), HOURS_AT_ONCE)));
                if (oldest.size() == 0) {
                    break;
                }
                for (Row hour : oldest) {
                    if (bytes <= policy.quotaBytes()) {
                        break;
                    }
                    take(kind, hour.getUUID("capture_id"), hour.getOffsetDateTime("ts"));
                    bytes -= hour.getLong("bytes");
                }
            }
            if (bytes < before) {
                LOG.infof(
                        "quota of %s: took %d bytes of %s, oldest first",
                        policy.owner().isEmpty() ? "everybody" : policy.owner(),
                        before - bytes,
                        kind.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
    }

    private void take(Kind kind, UUID capture, OffsetDateTime from) {
        var to = from.plusHours(1);
        await(pool.withTransaction(connection -> connection
                .preparedQuery(kind.delete)
                .execute(Tuple.of(capture, from, to))
                .chain(() -> connection.preparedQuery(kind.from).execute(Tuple.of(capture, to)))
                .chain(() -> connection
                        .preparedQuery(
                                "update capture_hour set " + kind.column + " = 0 where capture_id = $1 and ts = $2")
                        .execute(Tuple.of(capture, from)))
                .replaceWithVoid()));
    }

    void enforceNow() {
        enforce(OffsetDateTime.now(ZoneOffset.UTC));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }
}
