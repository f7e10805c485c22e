package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.stapscope.postgres.EmbeddedPostgres;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/** A PostgreSQL that can be killed, and the store on it as the product has it, without the rest of the product. */
final class FaultStand implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path state;
    private final Vertx vertx = Vertx.vertx();
    private EmbeddedPostgres.Running server;

    FaultStand(Path state) {
        this.state = state;
        this.server = EmbeddedPostgres.start(state, progress -> {});
        Flyway.configure()
                .dataSource(server.jdbcUrl(), server.user(), server.password())
                .locations("filesystem:" + Path.of("db/migrations").toAbsolutePath())
                .load()
                .migrate();
    }

    EmbeddedPostgres.Running server() {
        return server;
    }

    int port() {
        return Integer.parseInt(server.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
    }

    /** As {@code pg_ctl stop -m immediate}: no checkpoint, every connection is broken. */
    void stopImmediately() throws IOException, InterruptedException {
        var postmaster = ProcessHandle.of(server.postmasterPid()).orElseThrow();
        assertThat(new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster.pid()))
                        .start()
                        .waitFor())
                .isZero();
        postmaster.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        server.close();
    }

    void startAgain() {
        server = EmbeddedPostgres.start(state, progress -> {});
    }

    Store connect(int port) {
        return connect(vertx, port, server.user(), server.password());
    }

    static Store connect(Vertx vertx, int port, String user, String password) {
        var options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setDatabase("stapscope")
                .setUser(user)
                .setPassword(password)
                .setCachePreparedStatements(true);
        var pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(options)
                .using(vertx)
                .build();
        return new Store(Pool.newInstance(pool));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    /** The store of windows as it is; captures are rows without an entity. */
    static final class Store implements SpillReplay.Store {
        private static final String OPEN = """
                with host_row as (
                    insert into host (name, kernel, architecture) values ('stand', '6', 'x86_64')
                    on conflict on constraint host_identity_unique do update set name = excluded.name returning id
                ), script_row as (
                    insert into script (name) values ('stand')
                    on conflict on constraint script_name_unique do update set name = excluded.name returning id
                ), revision as (
                    insert into script_revision (script_id, revision, source, sha256) select id, 1, '', '' from script_row
                    on conflict on constraint script_revision_text_unique do update set source = excluded.source
                    returning id
                )
                insert into capture (id, script_revision_id, host_id, name, state, arguments, tags, interval_ms, started_at)
                select $1, revision.id, host_row.id, 'stand', 'running', '{}', '{}', 1000, $2 from host_row, revision
                on conflict do nothing
                """;

        final Pool pool;
        final WindowStore windows;

        Store(Pool pool) {
            this.pool = pool;
            this.windows = new WindowStore(pool);
        }

        @Override
        public Uni<Void> open(CaptureStart start) {
            return pool.preparedQuery(OPEN)
                    .execute(Tuple.of(start.id(), WindowStore.utc(start.startedAtMillis())))
                    .replaceWithVoid();
        }

        @Override
        public Uni<Void> write(Origin origin, Batch batch) {
            return windows.write(origin, batch);
        }

        @Override
        public Uni<Void> state(CaptureStart start, CaptureState state) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> end(Origin origin, CaptureEnd end, long refused) {
            return pool.preparedQuery("update capture set state = 'stopped', refused = $2 where id = $1")
                    .execute(Tuple.of(origin.capture(), refused))
                    .replaceWithVoid();
        }

        @Override
        public Uni<Void> corrupt(UUID capture, long lost) {
            return Uni.createFrom().voidItem();
        }

        long number(String sql, UUID capture) {
            return pool.preparedQuery(sql)
                    .execute(Tuple.of(capture))
                    .await()
                    .atMost(LIMIT)
                    .iterator()
                    .next()
                    .getLong(0);
        }

        /** Every sum is exact and every key is there once. */
        void assertExact(Captures made) {
            var id = made.start.id();
            assertThat(number(
                            "select sum(m.n)::bigint from h_min m join series s on s.id = m.series_id "
                                    + "where s.capture_id = $1 and s.agg = 0 and s.number = 0",
                            id))
                    .isEqualTo(made.count);
            assertThat(number(
                            "select sum(m.n)::bigint from h_1s m join series s on s.id = m.series_id "
                                    + "where s.capture_id = $1 and s.agg = 0 and s.facet = 2",
                            id))
                    .isEqualTo(made.count);
            assertThat(number(
                            "select count(*) from series s where s.capture_id = $1 "
                                    + "and s.n <> (select coalesce(sum(m.n), 0) from h_min m where m.series_id = s.id)",
                            id))
                    .isZero();
            assertThat(number(
                            "select count(*) - count(distinct (m.series_id, m.ts)) from h_min m "
                                    + "join series s on s.id = m.series_id where s.capture_id = $1",
                            id))
                    .isZero();
            assertThat(number(
                            "select sum(bit_count(seconds_known::bit(64)))::bigint from capture_minute where capture_id = $1",
                            id))
                    .isEqualTo(made.seconds.length);
            assertThat(number("select count(*) from gap where capture_id = $1", id))
                    .isZero();
        }
    }
}
