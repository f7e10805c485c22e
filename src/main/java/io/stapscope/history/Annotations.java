package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Notes on captures. */
@ApplicationScoped
public class Annotations {
    private static final String ROWS = """
            select id, capture_id, agg, from_at, to_at, low, high, author, text, created_at from annotation
            where capture_id = $1 order by from_at, id limit 1000
            """;

    private static final String INSERT = """
            insert into annotation (capture_id, agg, from_at, to_at, low, high, author, text)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            returning id, capture_id, agg, from_at, to_at, low, high, author, text, created_at
            """;

    /** SQLSTATE of a foreign key that finds nothing. */
    private static final String NO_CAPTURE = "23503";

    private final Pool pool;

    Annotations(Pool pool) {
        this.pool = pool;
    }

    /** Of a capture, in the order of time; at most a thousand. */
    public Uni<List<Annotation>> of(UUID capture) {
        return pool.preparedQuery(ROWS).execute(Tuple.of(capture)).map(rows -> {
            var annotations = new ArrayList<Annotation>();
            rows.forEach(row -> annotations.add(annotation(row)));
            return annotations;
        });
    }

    /** The stored one, with its id. */
    public Uni<Annotation> add(Annotation annotation) {
        return pool.preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addUUID(annotation.capture())
                        .addInteger(annotation.agg())
                        .addValue(WindowStore.utc(annotation.fromMillis()))
                        .addValue(WindowStore.utc(annotation.toMillis()))
                        .addLong(annotation.low())
                        .addLong(annotation.high())
                        .addString(annotation.author())
                        .addString(annotation.text()))
                .map(rows -> annotation(rows.iterator().next()))
                .onFailure(
                        failure -> failure instanceof PgException refusal && NO_CAPTURE.equals(refusal.getSqlState()))
                .transform(_ -> new NoSuchCaptureException("no capture " + annotation.capture()));
    }

    /** Whether there was one. */
    public Uni<Boolean> remove(UUID capture, long id) {
        return pool.preparedQuery("delete from annotation where capture_id = $1 and id = $2")
                .execute(Tuple.of(capture, id))
                .map(rows -> rows.rowCount() > 0);
    }

    private static Annotation annotation(Row row) {
        return new Annotation(
                row.getLong("id"),
                row.getUUID("capture_id"),
                row.getInteger("agg"),
                millis(row.getOffsetDateTime("from_at")),
                millis(row.getOffsetDateTime("to_at")),
                row.getLong("low"),
                row.getLong("high"),
                row.getString("author"),
                row.getString("text"),
                millis(row.getOffsetDateTime("created_at")));
    }

    private static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }
}
