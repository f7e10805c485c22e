package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a range. Reads only what the plan needs; bytes are decoded on a worker thread. */
@ApplicationScoped
class RangeStore {
    /** A capture and one of its series, with the last stored second. */
    private static final String SUBJECT = """
            select s.id, a.kind, c.started_at, c.stopped_at, c.interval_ms,
                (select max(ts) from capture_minute m where m.capture_id = c.id) as last_minute,
                (select seconds_known from capture_minute m where m.capture_id = c.id order by ts desc limit 1)
                    as last_known
            from capture c
            join aggregate a on a.capture_id = c.id and a.agg = $2
            left join series s on s.capture_id = c.id and s.agg = $2 and s.number = $3
            where c.id = $1
            """;

    static final String MINUTES = """
            select ts, n, sum, vmin, vmax, hist, null::bytea as chunk
            from h_min
            where series_id = $1 and ts >= $2 and ts < $3
            """;

    /** The partition of both tables is found by the range, so both get it. */
    static final String SECONDS = """
            select m.ts, m.n, m.sum, m.vmin, m.vmax, null::bytea as hist, c.chunk
            from h_min m
            join h_1s c on c.series_id = m.series_id and c.ts = m.ts
            where m.series_id = $1 and m.ts >= $2 and m.ts < $3 and c.ts >= $2 and c.ts < $3
            """;

    private static final String KNOWN = """
            select ts, seconds_known from capture_minute where capture_id = $1 and ts >= $2 and ts < $3
            """;

    private final Pool pool;

    RangeStore(Pool pool) {
        this.pool = pool;
    }

    private record Subject(
            @Nullable Long series, boolean counter, long startedAtMillis, long endSecond, int intervalMillis) {}

    Uni<RangeColumns> read(SeriesRange range) {
        return pool.preparedQuery(SUBJECT)
                .execute(Tuple.of(range.capture(), range.agg(), range.series()))
                .map(rows -> subject(range, rows))
                .chain(subject -> columns(range, subject));
    }

    private static Subject subject(SeriesRange range, RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw new NoSuchCaptureException("no capture " + range.capture() + " with an aggregate " + range.agg());
        }
        Row row = rows.iterator().next();
        Long series = row.getLong("id");
        if (series == null && range.series() != 0) {
            throw new NoSuchCaptureException("no series " + range.series() + " in capture " + range.capture());
        }
        long start = millis(row.getOffsetDateTime("started_at"));
        return new Subject(
                series,
                row.getString("kind").equals("counter"),
                start,
                endSecond(row, start),
                row.getInteger("interval_ms"));
    }

    /** Up to where anything can be stored: the end of the capture or its last observed second, whichever is later. */
    private static long endSecond(Row row, long startMillis) {
        long end = 0;
        OffsetDateTime stopped = row.getOffsetDateTime("stopped_at");
        if (stopped != null) {
            end = Math.ceilDiv(millis(stopped) - startMillis, CaptureClock.SECOND_MILLIS);
        }
        OffsetDateTime lastMinute = row.getOffsetDateTime("last_minute");
        if (lastMinute != null) {
            long minuteStart = (millis(lastMinute) - startMillis) / CaptureClock.SECOND_MILLIS;
            int last = Long.SIZE - Long.numberOfLeadingZeros(row.getLong("last_known"));
            end = Math.max(end, minuteStart + last);
        }
        return end;
    }

    private Uni<RangeColumns> columns(SeriesRange range, Subject subject) {
        long from = range.fromMillis() == null ? 0 : second(range.fromMillis(), subject);
        long to = range.toMillis() == null
                ? subject.endSecond()
                : Math.ceilDiv(range.toMillis() - subject.startedAtMillis(), CaptureClock.SECOND_MILLIS);
        var plan = RangePlan.of(
                Math.max(0, from), Math.min(to, subject.endSecond()), range.columns(), subject.intervalMillis());
        var columns = new RangeColumns(plan, subject.startedAtMillis(), subject.counter());
        if (plan.columns() == 0) {
            return Uni.createFrom().item(columns);
        }
        var first = minuteStart(subject, plan.firstMinute());
        var end = minuteStart(subject, plan.endMinute());
        return pool.preparedQuery(KNOWN)
                .execute(Tuple.of(range.capture(), first, end))
                .invoke(rows -> rows.forEach(row -> columns.known(minute(row, subject), row.getLong("seconds_known"))))
                .chain(() -> rows(plan, subject, first, end))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(rows -> rows.forEach(row -> add(row, subject, columns)))
                .replaceWith(columns);
    }

    private Uni<RowSet<Row>> rows(RangePlan plan, Subject subject, OffsetDateTime first, OffsetDateTime end) {
        // A capture that counted nothing yet has no series: -1 finds no row.
        long series = subject.series() == null ? -1 : subject.series();
        return pool.preparedQuery(plan.seconds() ? SECONDS : MINUTES).execute(Tuple.of(series, first, end));
    }

    private static void add(Row row, Subject subject, RangeColumns columns) {
        columns.minute(
                minute(row, subject),
                row.getLong("n"),
                row.getLong("sum"),
                row.getLong("vmin"),
                row.getLong("vmax"),
                bytes(row, "hist"),
                bytes(row, "chunk"));
    }

    private static byte @Nullable [] bytes(Row row, String column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    private static long second(long millis, Subject subject) {
        return Math.floorDiv(millis - subject.startedAtMillis(), CaptureClock.SECOND_MILLIS);
    }

    private static int minute(Row row, Subject subject) {
        return CaptureClock.minuteOf(second(millis(row.getOffsetDateTime("ts")), subject));
    }

    private static OffsetDateTime minuteStart(Subject subject, int minute) {
        return WindowStore.utc(subject.startedAtMillis() + minute * CaptureClock.MINUTE_MILLIS);
    }

    private static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }
}
