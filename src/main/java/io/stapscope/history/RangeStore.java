package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a range. Reads only what the plan needs; bytes are decoded on a worker thread. */
@ApplicationScoped
class RangeStore {
    /** $1 ids of series, $2 and $3 the range; TABLE is one of h_min, h_hour, h_day. */
    private static final String ROWS = """
            select ts, n, sum, vmin, vmax, hist from TABLE where series_id = any($1) and ts >= $2 and ts < $3
            """;

    /**
     * Several series added up: their histograms stand one after the other. A row for each time instead of one for each
     * series and time is what makes a thousand series quick.
     */
    private static final String GROUPED_ROWS = """
            select ts, sum(n)::bigint as n, sum(sum) as sum, min(vmin) as vmin, max(vmax) as vmax,
                string_agg(hist, ''::bytea) as hist
            from TABLE where series_id = any($1) and ts >= $2 and ts < $3 group by ts
            """;

    /** The partition of both tables is found by the range, so both get it. */
    static final String SECONDS = """
            select m.ts, m.n, m.sum, m.vmin, m.vmax, c.chunk
            from h_min m
            join h_1s c on c.series_id = m.series_id and c.ts = m.ts
            where m.series_id = any($1) and m.ts >= $2 and m.ts < $3 and c.ts >= $2 and c.ts < $3
            """;

    private static final String KNOWN = """
            select ts, seconds_known from capture_minute where capture_id = $1 and ts >= $2 and ts < $3
            """;

    private final Questions questions;

    RangeStore(Questions questions) {
        this.questions = questions;
    }

    Uni<RangeColumns> read(SeriesRange range) {
        return questions.ask(connection -> connection
                .preparedQuery(RangeSubject.SQL)
                .execute(Tuple.of(range.capture(), range.agg(), range.series().toArray(Integer[]::new)))
                .map(rows -> RangeSubject.of(range, rows))
                .chain(subject -> read(connection, range, subject)));
    }

    private static Uni<RangeColumns> read(SqlConnection connection, SeriesRange range, RangeSubject subject) {
        long from = subject.from(range);
        long to = subject.to(range);
        var details = new DetailReader(connection, subject);
        var detail = from < to ? details.read(from, to) : Uni.createFrom().item(Detail.fine());
        return detail.map(found -> RangePlan.of(
                        from,
                        to,
                        range.columns(),
                        subject.intervalMillis(),
                        found,
                        range.series().size()))
                .chain(plan -> {
                    var columns = new RangeColumns(plan, subject.startedAtMillis(), subject.counter());
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (var piece : plan.pieces()) {
                        all = all.chain(() -> piece(connection, subject, details, piece, columns));
                    }
                    return all.replaceWith(columns);
                });
    }

    private static Uni<Void> piece(
            SqlConnection connection,
            RangeSubject subject,
            DetailReader details,
            RangePlan.Piece piece,
            RangeColumns columns) {
        return known(connection, subject, details, piece, columns)
                .chain(() -> rows(connection, subject, piece))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(rows -> rows.forEach(row -> add(row, subject, piece.level(), columns)))
                .replaceWithVoid();
    }

    private static Uni<Void> known(
            SqlConnection connection,
            RangeSubject subject,
            DetailReader details,
            RangePlan.Piece piece,
            RangeColumns columns) {
        var level = piece.level();
        if (level == Level.HOUR || level == Level.DAY) {
            for (long second = piece.from(); second < piece.to(); second += level.seconds()) {
                if (details.secondsKnown(level, second) > 0) {
                    columns.known(second);
                }
            }
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(KNOWN)
                .execute(Tuple.of(
                        subject.capture(), subject.time(Level.MINUTE.floor(piece.from())), end(subject, piece)))
                .invoke(rows -> rows.forEach(
                        row -> columns.knownMinute(subject.second(row), row.getLong("seconds_known"), piece)))
                .replaceWithVoid();
    }

    private static Uni<RowSet<Row>> rows(SqlConnection connection, RangeSubject subject, RangePlan.Piece piece) {
        var from = subject.time(Level.MINUTE.floor(piece.from()));
        return connection
                .preparedQuery(sql(piece.level(), subject.series().length > 1))
                .execute(Tuple.of(subject.series(), from, end(subject, piece)));
    }

    private static OffsetDateTime end(RangeSubject subject, RangePlan.Piece piece) {
        return subject.time(Level.MINUTE.ceil(piece.to()));
    }

    static String sql(Level level, boolean grouped) {
        var rows = grouped ? GROUPED_ROWS : ROWS;
        return level == Level.SECOND ? SECONDS : rows.replace("TABLE", level.table());
    }

    private static void add(Row row, RangeSubject subject, Level level, RangeColumns columns) {
        var part = new RangeColumns.Part(
                subject.second(row), row.getLong("n"), sum(row), row.getLong("vmin"), row.getLong("vmax"));
        if (level == Level.SECOND) {
            columns.seconds(part, bytes(row, "chunk"));
        } else {
            columns.add(part, bytes(row, "hist"));
        }
    }

    /** Sums wrap at 64 bits, those of several series as the kernel's do. */
    private static long sum(Row row) {
        return ((Number) row.getValue("sum")).longValue();
    }

    private static byte @Nullable [] bytes(Row row, String column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    /** The levels of statements, for those who look at their plans. */
    static List<String> statements() {
        var statements = new ArrayList<String>();
        for (var level : Level.values()) {
            statements.add(sql(level, false));
            statements.add(sql(level, true));
        }
        return statements;
    }
}
