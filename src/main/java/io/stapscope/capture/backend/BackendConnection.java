package io.stapscope.capture.backend;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** A connection to the observed server that reads, and only reads, pg_stat_activity. For one thread, which waits. */
final class BackendConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int QUERY_ID_SINCE = 14;

    /** Names and queries may be in any encoding, even in several: they come as the bytes they are. */
    private static final String BYTES = "set client_encoding to 'SQL_ASCII'";

    private static final String OURSELVES = """
            select pid, (extract(epoch from backend_start) * 1000000)::bigint as started
            from pg_stat_activity where pid = pg_backend_pid()
            """;

    /** backend_start is null where we may not see; whose session it is can be seen all the same. */
    private static final String ACTIVITY = """
            select pid, coalesce((extract(epoch from backend_start) * 1000000)::bigint, 0) as started,
                textsend(coalesce(backend_type, '')) as type, textsend(coalesce(datname::text, '')) as database,
                textsend(coalesce(usename::text, '')) as role,
                case when backend_start is null then ''::bytea
                    else substring(textsend(coalesce(query, '')) from 1 for 4096) end as query,
                coalesce(%s, 0) as query_id
            from pg_stat_activity
            """;

    private final PgConnection connection;
    private final LocalServer local;
    private final String activity;

    /** What a look found. @param hidden sessions whose type and query we may not see */
    record Look(Sighting sighting, int hidden) {}

    private BackendConnection(PgConnection connection, LocalServer local, String activity) {
        this.connection = connection;
        this.local = local;
        this.activity = activity;
    }

    /** @throws LocalServer.NotHereException when its pids are not ours; failures of the client come as they are */
    static BackendConnection open(Vertx vertx, ObservedServer server, LocalServer.LocalProcesses processes)
            throws LocalServer.NotHereException {
        var connection = await(PgConnection.connect(vertx, server.options()));
        try {
            var ourselves =
                    await(connection.query(OURSELVES).execute()).iterator().next();
            Long started = ourselves.getLong("started");
            var local = LocalServer.of(processes, ourselves.getInteger("pid"), started == null ? 0 : started);
            await(connection.query(BYTES).execute());
            int version = connection.databaseMetadata().majorVersion();
            var activity = ACTIVITY.formatted(version >= QUERY_ID_SINCE ? "query_id" : "null::bigint");
            return new BackendConnection(connection, local, activity);
        } catch (LocalServer.NotHereException | RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    Look look() {
        RowSet<Row> rows = await(connection.query(activity).execute());
        var seen = new HashMap<Integer, Backend>();
        int hidden = 0;
        for (Row row : rows) {
            int pid = row.getInteger("pid");
            long started = row.getLong("started");
            if (local.owns(pid, started)) {
                hidden += started == 0 ? 1 : 0;
                seen.put(
                        pid,
                        Backend.of(
                                pid,
                                started,
                                bytes(row.getBuffer("type")),
                                bytes(row.getBuffer("database")),
                                bytes(row.getBuffer("role")),
                                bytes(row.getBuffer("query")),
                                row.getLong("query_id")));
            }
        }
        local.keepOnly(seen);
        return new Look(new Sighting(seen), hidden);
    }

    /** As a byte string. */
    private static String bytes(@Nullable Buffer buffer) {
        return buffer == null ? "" : new String(buffer.getBytes(), StandardCharsets.ISO_8859_1);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }

    private static void close(PgConnection connection) {
        connection.close().subscribe().with(_ -> {}, _ -> {});
    }

    @Override
    public void close() {
        close(connection);
    }
}
