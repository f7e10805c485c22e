package io.stapscope.capture.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.capture.backend.BackendStatus.State;
import io.stapscope.postgres.EmbeddedPostgres;
import io.stapscope.service.RunningService;
import io.vertx.mutiny.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names of the embedded server's own processes. */
@Timeout(120)
class BackendsDatabaseTest {
    private static final String HOSTILE = "<img src=x onerror=\"hacked=1\">\u202e";

    /** Not closed: the clients of connections that are closed end when the collector finds them, and need it. */
    private static final Vertx VERTX = Vertx.vertx();

    private static EmbeddedPostgres.Running server;

    @BeforeAll
    static void start() throws SQLException {
        server = EmbeddedPostgres.start(RunningService.newStateDirectory(), _ -> {});
        try (var connection = connect(server.user(), server.password(), "stapscope");
                var statement = connection.createStatement()) {
            statement.execute("create role ann login password 'annspw'");
            statement.execute("create role \"" + HOSTILE.replace("\"", "\"\"") + "\" login password 'x'");
            statement.execute("create role eve login password 'x'");
            statement.execute("create database shop");
            statement.execute("create database latin encoding 'SQL_ASCII' template template0 locale 'C'");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aBackendHasItsTypeDatabaseUserAndQuery() throws SQLException {
        var backends = asSuperuser();
        try (var _ = backends.watch();
                var ann = connect("ann", "annspw", "shop");
                var statement = ann.createStatement()) {
            int pid = pidOf(ann);

            statement.execute("select 'hunter2',  count(*) from pg_class where oid in (1, 2, 3) -- hunter2");
            await(() -> {
                var found = backends.latest().find(pid);
                return found != null && found.query() != null && found.query().startsWith("select ?, count");
            });

            var found = backends.latest().find(pid);
            assertThat(found.words()).isEqualTo("client backend · shop · ann");
            // The server computes no identity of queries unless it is asked to.
            assertThat(found.query()).isEqualTo("select ?, count(*) from pg_class where oid in (?)");
            assertThat(found.startedMicros()).isPositive();
            assertThat(backends.status().state()).isEqualTo(State.WATCHING);
            assertThat(backends.latest().byPid().values())
                    .extracting(Backend::words)
                    .contains("checkpointer", "walwriter");

        } finally {
            backends.close();
        }
    }

    @Test
    void anIdentityThatTheServerComputesIsTold() throws SQLException {
        var backends = asSuperuser();
        try (var _ = backends.watch();
                var own = connect(server.user(), server.password(), "shop");
                var statement = own.createStatement()) {
            int pid = pidOf(own);
            statement.execute("set compute_query_id = on");
            statement.execute("select 17 as seventeen");
            await(() -> query(backends, pid).startsWith("select ? as seventeen #"));

            long id;
            try (var other = connect(server.user(), server.password(), "shop");
                    var asked = other.createStatement();
                    var rows = asked.executeQuery("select query_id from pg_stat_activity where pid = " + pid)) {
                assertThat(rows.next()).isTrue();
                id = rows.getLong(1);
            }
            assertThat(query(backends, pid)).isEqualTo("select ? as seventeen #" + id);
        } finally {
            backends.close();
        }
    }

    @Test
    void namesThatAreNoTextOrHtmlAreShownForWhatTheyAre() throws SQLException {
        var backends = asSuperuser();
        try (var _ = backends.watch();
                var hostile = connect(HOSTILE, "x", "shop");
                var eve = connect("eve", "x", "shop");
                var latin = connect(server.user(), server.password(), "latin");
                var statement = latin.createStatement()) {
            int hostilePid = pidOf(hostile);
            int evePid = pidOf(eve);
            // No client of ours sends bytes that are no text; this database takes them from a function.
            statement.execute("do $$ begin execute format('alter role eve rename to %I', "
                    + "convert_from('\\xe9ff0a'::bytea, 'SQL_ASCII')); end $$");
            // A session that has just begun has no database and user yet.
            await(() -> words(backends, hostilePid).startsWith("client backend · shop · ")
                    && words(backends, evePid).startsWith("client backend · shop · ")
                    && !words(backends, evePid).endsWith("eve"));

            assertThat(backends.latest().find(hostilePid).words())
                    .isEqualTo("client backend · shop · <img src=x onerror=\"hacked=1\">\\xe2\\x80\\xae");
            assertThat(backends.latest().find(evePid).words()).isEqualTo("client backend · shop · \\xe9\\xff\\x0a");
            assertThat(backends.status().state()).isEqualTo(State.WATCHING);
        } finally {
            backends.close();
        }
    }

    @Test
    void aUserWhoMaySeeLittleIsTold() throws SQLException {
        var backends = backends("ann", "annspw");
        try (var _ = backends.watch();
                var own = connect(server.user(), server.password(), "shop")) {
            int pid = pidOf(own);
            await(() -> words(backends, pid).startsWith("shop"));

            var found = backends.latest().find(pid);
            assertThat(found.words()).isEqualTo("shop · " + server.user());
            assertThat(found.query()).isNull();
            assertThat(backends.status().state()).isEqualTo(State.LIMITED);
            assertThat(backends.status().text())
                    .endsWith(" of them without type and query, which user ann may not see");
        } finally {
            backends.close();
        }
    }

    @Test
    void aRefusedUserIsToldInWordsWithoutThePassword() {
        var backends = backends("ann", "hunter2");
        try {
            var status = backends.examine();

            assertThat(status.state()).isEqualTo(State.REFUSED);
            assertThat(status.text())
                    .contains("password authentication failed for user \"ann\"")
                    .doesNotContain("hunter2");
        } finally {
            backends.close();
        }
    }

    @Test
    void whereNobodyAnswersIsToldAndTriedAgain() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var backends = new Backends(
                TestBackends.settings("postgresql://127.0.0.1:" + port + "/shop", "ann", "hunter2"),
                VERTX,
                new ProcProcesses());
        try {
            assertThat(backends.examine().state()).isEqualTo(State.AWAY);
            assertThat(backends.status().text())
                    .startsWith("127.0.0.1:" + port + "/shop does not answer: ")
                    .doesNotContain("hunter2");
        } finally {
            backends.close();
        }
    }

    @Test
    void aServerWhoseProcessesAreNotOursIsRefused() {
        var backends = new Backends(
                TestBackends.settings(server.reactiveUrl(), server.user(), server.password()), VERTX, _ -> null);
        try (var _ = backends.watch()) {
            var status = backends.examine();
            await(() -> backends.status().state() == State.REFUSED);

            assertThat(status.text())
                    .matches(
                            ".* its process \\d+ is not one of this machine; names are only given to processes of a server"
                                    + " that runs here");
            assertThat(backends.latest().byPid()).isEmpty();
        } finally {
            backends.close();
        }
    }

    @Test
    void nothingIsConnectedWhileNobodyWantsToKnow() throws SQLException {
        var backends = asSuperuser();
        try {
            assertThat(backends.status().state()).isEqualTo(State.RESTING);
            assertThat(sessions()).isZero();
            var watch = backends.watch();
            await(() -> backends.status().state() == State.WATCHING);
            assertThat(sessions()).isEqualTo(1);

            watch.close();
            watch.close();

            await(() -> sessions() == 0);
            assertThat(backends.latest().byPid()).isEmpty();
            assertThat(backends.status().state()).isEqualTo(State.RESTING);
            assertThat(backends.examine().state()).as("tried when asked").isEqualTo(State.WATCHING);
            await(() -> sessions() == 0);
        } finally {
            backends.close();
        }
    }

    private static Backends asSuperuser() {
        return backends(server.user(), server.password());
    }

    private static Backends backends(String user, String password) {
        return new Backends(TestBackends.settings(server.reactiveUrl(), user, password), VERTX, new ProcProcesses());
    }

    private static String words(Backends backends, int pid) {
        var found = backends.latest().find(pid);
        return found == null ? "" : found.words();
    }

    private static String query(Backends backends, int pid) {
        var found = backends.latest().find(pid);
        return found == null || found.query() == null ? "" : found.query();
    }

    private static Connection connect(String user, String password, String database) throws SQLException {
        var url = server.jdbcUrl().replaceFirst("/stapscope$", "/" + database) + "?preferQueryMode=simple";
        return DriverManager.getConnection(url, user, password);
    }

    private static int pidOf(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("select pg_backend_pid()")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    /** Connections of ours to the server. */
    private static int sessions() {
        try (var connection = connect(server.user(), server.password(), "postgres");
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name = 'stapscope'")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.get()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }
}
