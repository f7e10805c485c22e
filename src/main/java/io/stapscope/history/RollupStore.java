package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Adds minutes up into hours, and hours into days. A span of a capture is due when it is over and one of its parts says
 * that it is in no sum yet; it is then added up anew as a whole, so that doing it again changes nothing and a minute
 * that comes late is not missed.
 */
@ApplicationScoped
class RollupStore {
    /** Series whose parts are in memory at a time: 500 series of 60 minutes are about 10 MB. */
    private static final int SERIES_AT_ONCE = 500;

    private static final String DUE = """
            select p.capture_id, c.started_at + d.span * $1::bigint * interval '1 second' as from_at
            from %s p
            join capture c on c.id = p.capture_id
            cross join lateral (select floor(extract(epoch from p.ts - c.started_at) / $1::bigint) as span) d
            where not p.rolled
                and (c.stopped_at is not null or c.started_at + (d.span + 1) * $1::bigint * interval '1 second'
                    <= (select max(ts) from capture_minute m where m.capture_id = c.id))
            group by 1, 2
            order by 2
            limit $2
            """;

    /** Locks the parts: what is written to them meanwhile waits, and says afterwards that it is in no sum. */
    private static final String MARK = """
            update %s set rolled = true where capture_id = $1 and ts >= $2 and ts < $3
            """;

    private static final String SERIES = """
            select id from series where capture_id = $1 and id > $2 order by id limit $3
            """;

    private static final String PARTS = """
            select series_id, seq, n, sum, vmin, vmax, hist
            from %s
            where series_id = any($1) and ts >= $2 and ts < $3
            order by series_id
            """;

    private static final String WRITE = """
            insert into %1$s (series_id, ts, seq, n, sum, vmin, vmax, hist)
            select u.series_id, $1, u.seq, u.n, u.sum, u.vmin, u.vmax, u.hist
            from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                $8::bytea[]) as u(series_id, seq, n, sum, vmin, vmax, hist)
            on conflict (series_id, ts) do update
            set seq = excluded.seq, n = excluded.n, sum = excluded.sum, vmin = excluded.vmin, vmax = excluded.vmax,
                hist = excluded.hist
            """;

    /** What rows take besides their blobs: header, numbers and their place in the index. */
    private static final String HOUR_TIMES = """
            insert into capture_hour (capture_id, ts, seq, seconds_known, minute_bytes, second_bytes, line_bytes)
            select $1, $2, max(seq), sum(bit_count(seconds_known::bit(64))),
                (select coalesce(sum(124 + coalesce(length(m.hist), 0)), 0) from h_min m join series s on s.id = m.series_id
                    where s.capture_id = $1 and m.ts >= $2 and m.ts < $3),
                (select coalesce(sum(92 + length(m.chunk)), 0) from h_1s m join series s on s.id = m.series_id
                    where s.capture_id = $1 and m.ts >= $2 and m.ts < $3),
                (select coalesce(sum(100 + pg_column_size(l.line)), 0) from console l
                    where l.capture_id = $1 and l.ts >= $2 and l.ts < $3)
            from capture_minute
            where capture_id = $1 and ts >= $2 and ts < $3
            on conflict (capture_id, ts) do update
            set seq = excluded.seq, seconds_known = excluded.seconds_known, minute_bytes = excluded.minute_bytes,
                second_bytes = excluded.second_bytes, line_bytes = excluded.line_bytes, rolled = false
            """;

    private static final String DAY_TIMES = """
            insert into capture_day (capture_id, ts, seq, seconds_known)
            select $1, $2, max(seq), sum(seconds_known)
            from capture_hour
            where capture_id = $1 and ts >= $2 and ts < $3
            on conflict (capture_id, ts) do update
            set seq = excluded.seq, seconds_known = excluded.seconds_known
            """;

    private final Pool pool;

    RollupStore(Pool pool) {
        this.pool = pool;
    }

    /** A span of a capture to be added up, from its start. */
    record Span(RollupLevel level, UUID capture, OffsetDateTime from) {
        OffsetDateTime to() {
            return from.plus(Duration.ofSeconds(level.seconds));
        }
    }

    /** Spans that are due, oldest first. */
    Uni<List<Span>> due(RollupLevel level, int limit) {
        return pool.preparedQuery(DUE.formatted(level.partTimes))
                .execute(Tuple.of(level.seconds, limit))
                .map(rows -> rows.stream()
                        .map(row -> new Span(level, row.getUUID("capture_id"), row.getOffsetDateTime("from_at")))
                        .toList());
    }

    /** Adds one span up, in a transaction of its own. */
    Uni<Void> roll(Span span) {
        return pool.preparedQuery(WindowStore.PARTITIONS)
                .execute(Tuple.of(WindowStore.day(span.from())))
                .chain(() -> pool.withTransaction(connection -> connection
                        .preparedQuery(MARK.formatted(span.level().partTimes))
                        .execute(Tuple.of(span.capture(), span.from(), span.to()))
                        .chain(() -> series(connection, span, 0))
                        .chain(() -> connection
                                .preparedQuery(span.level() == RollupLevel.HOUR ? HOUR_TIMES : DAY_TIMES)
                                .execute(Tuple.of(span.capture(), span.from(), span.to())))
                        .replaceWithVoid()));
    }

    private Uni<Void> series(SqlConnection connection, Span span, long after) {
        return connection
                .preparedQuery(SERIES)
                .execute(Tuple.of(span.capture(), after, SERIES_AT_ONCE))
                .chain(found -> {
                    if (found.size() == 0) {
                        return Uni.createFrom().voidItem();
                    }
                    var ids = found.stream().map(row -> row.getLong(0)).toArray(Long[]::new);
                    return connection
                            .preparedQuery(PARTS.formatted(span.level().parts))
                            .execute(Tuple.of(ids, span.from(), span.to()))
                            .emitOn(Infrastructure.getDefaultWorkerPool())
                            .map(RollupStore::sums)
                            .chain(sums -> write(connection, span, sums))
                            .chain(() -> series(connection, span, ids[ids.length - 1]));
                });
    }

    /** The sum of the parts of one series. */
    private static final class Sum {
        final long series;
        long seq;
        long n;
        long sum;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;

        @Nullable
        Histogram histogram;

        Sum(long series) {
            this.series = series;
        }

        void add(Row part) {
            seq = Math.max(seq, part.getLong("seq"));
            n += part.getLong("n");
            sum += part.getLong("sum");
            min = Math.min(min, part.getLong("vmin"));
            max = Math.max(max, part.getLong("vmax"));
            var bytes = part.getBuffer("hist");
            if (bytes != null) {
                histogram = histogram == null ? new Histogram() : histogram;
                histogram.merge(HistogramCodec.decode(bytes.getBytes()));
            }
        }
    }

    private static List<Sum> sums(RowSet<Row> parts) {
        var sums = new ArrayList<Sum>();
        for (var part : parts) {
            long series = part.getLong("series_id");
            if (sums.isEmpty() || sums.getLast().series != series) {
                sums.add(new Sum(series));
            }
            sums.getLast().add(part);
        }
        return sums;
    }

    private static Uni<Void> write(SqlConnection connection, Span span, List<Sum> sums) {
        return Columns.of(span.from(), sums)
                .longs(sum -> sum.series)
                .longs(sum -> sum.seq)
                .longs(sum -> sum.n)
                .longs(sum -> sum.sum)
                .longs(sum -> sum.min)
                .longs(sum -> sum.max)
                .bytes(sum -> sum.histogram == null ? null : HistogramCodec.encode(sum.histogram))
                .write(connection, WRITE.formatted(span.level().rows));
    }
}
