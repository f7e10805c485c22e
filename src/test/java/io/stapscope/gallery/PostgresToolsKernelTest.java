package io.stapscope.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stapscope.service.PostgresServer;
import io.stapscope.tracer.Traced;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tools about PostgreSQL, against clients that know what they asked for: Debian's server by its marks, ours by symbols. */
@Tag("kernel")
@Timeout(120)
class PostgresToolsKernelTest {
    private static final String TIMES = " times, mean \\d+ us, longest \\d+ us: ";

    private static List<PostgresServer> servers = List.of();

    @BeforeAll
    static void startServers() {
        servers = PostgresServer.startAll();
    }

    @AfterAll
    static void stopServers() {
        servers.forEach(PostgresServer::close);
    }

    static List<PostgresServer> servers() {
        return servers;
    }

    private static PostgresServer withMarks() {
        var marked = servers.stream().filter(PostgresServer::hasMarks).findFirst();
        assumeThat(marked).as("a PostgreSQL of Debian, with marks").isPresent();
        return marked.orElseThrow();
    }

    /** What clients do while a tool runs. */
    private interface Deeds {
        void run() throws SQLException;
    }

    /** The lines of a tool that was aimed at one backend of a server. */
    private static List<String> lines(
            String tool, PostgresServer server, Connection connection, List<String> arguments, Deeds deeds)
            throws SQLException {
        var script = Objects.requireNonNull(Gallery.named(tool), tool).script();
        var options = Traced.target(PostgresServer.backendOf(connection));
        var words = new ArrayList<>(arguments);
        words.add(server.program().toString());
        try (var traced = Traced.start(script, words, options)) {
            deeds.run();
            var result = traced.stop();
            assertThat(result.errors()).as(traced.errors()).isZero();
            assertThat(result.losses().lost()).isZero();
            return traced.lines();
        }
    }

    private static void execute(Connection connection, int times, String text) throws SQLException {
        for (int i = 0; i < times; i++) {
            try (var statement = connection.createStatement()) {
                statement.execute(text);
            }
        }
    }

    private static void fail(Connection connection, int times, String text) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> execute(connection, 1, text)).isInstanceOf(SQLException.class);
        }
    }

    private static List<String> matching(List<String> lines, String expression) {
        return lines.stream().filter(line -> line.matches(expression)).toList();
    }

    @Test
    void queriesAreCountedByTheirTextAndFailedOnesApart() throws SQLException {
        var server = withMarks();
        try (var connection = server.connect();
                var other = server.connect()) {
            var lines = lines("postgres-queries", server, connection, List.of(), () -> {
                execute(connection, 25, "select 'ay', 1");
                execute(connection, 7, "select\n pg_sleep(0.01)");
                fail(connection, 3, "select 1/0");
                execute(connection, 1, "select 'bee'");
                fail(connection, 2, "select 2/0");
                execute(other, 50, "select 'of somebody else'");
            });

            assertThat(matching(lines, ".*" + TIMES + ".*")).hasSize(3);
            assertThat(matching(lines, "25" + TIMES + "select 'ay', 1")).hasSize(1);
            assertThat(matching(lines, "7 times, mean [1-9]\\d{4,} us, longest .*: select\\\\n pg_sleep\\(0\\.01\\)"))
                    .hasSize(1);
            assertThat(matching(lines, "1" + TIMES + "select 'bee'")).hasSize(1);
            assertThat(lines.getLast()).isEqualTo("5 more failed, or had not ended yet");
        }
    }

    @Test
    void eachQueryIsTold() throws SQLException {
        var server = withMarks();
        try (var connection = server.connect()) {
            var texts = IntStream.range(0, 100).mapToObj(i -> "select " + i).toList();
            var lines = lines("postgres-slow-queries", server, connection, List.of("0"), () -> {
                for (var text : texts) {
                    execute(connection, 1, text);
                }
            });

            assertThat(lines).allMatch(line -> line.matches(" *\\d+ +\\d+\\.\\d{3} ms  select \\d+"));
            assertThat(lines.stream().map(line -> line.substring(line.indexOf("select"))))
                    .containsExactlyElementsOf(texts);
        }
    }

    @Test
    void slowQueriesAreThoseOverTheThreshold() throws SQLException {
        var server = withMarks();
        try (var connection = server.connect()) {
            int backend = PostgresServer.backendOf(connection);
            var lines = lines("postgres-slow-queries", server, connection, List.of("400"), () -> {
                execute(connection, 2, "select pg_sleep(0.4)");
                execute(connection, 50, "select 1");
            });

            assertThat(lines)
                    .hasSize(2)
                    .allMatch(
                            line -> line.matches(" *" + backend + " +\\d{3,}\\.\\d{3} ms  select pg_sleep\\(0\\.4\\)"));
        }
    }

    @Test
    void transactionsAreCommittedOrAborted() throws SQLException {
        var server = withMarks();
        try (var connection = server.connect()) {
            int backend = PostgresServer.backendOf(connection);
            var lines = lines("postgres-transactions", server, connection, List.of(), () -> {
                execute(connection, 10, "select 1");
                for (int i = 0; i < 4; i++) {
                    execute(connection, 1, "begin");
                    execute(connection, 3, "select 1");
                    execute(connection, 1, "rollback");
                }
                for (int i = 0; i < 2; i++) {
                    execute(connection, 1, "begin");
                    execute(connection, 1, "select pg_sleep(0.02)");
                    execute(connection, 1, "commit");
                }
                fail(connection, 1, "select 1/0");
                execute(connection, 1, "begin");
                fail(connection, 1, "select 1/0");
                execute(connection, 1, "rollback");
            });

            assertThat(matching(lines, "process " + backend + ": .*")).hasSize(2);
            assertThat(matching(lines, "process \\d+: 12 committed, mean \\d+ us, longest [2-9]\\d{4,} us"))
                    .hasSize(1);
            assertThat(matching(lines, "process \\d+: 6 aborted, mean \\d+ us, longest \\d+ us"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void statementsOfBothProtocolsAreCountedByTheirText(PostgresServer server) throws SQLException {
        try (var simple = server.connect();
                var extended = server.connectExtended()) {
            var queries = lines("postgres-statements", server, simple, List.of(), () -> {
                execute(simple, 30, "select 'ay'");
                fail(simple, 4, "select 1/0");
                execute(simple, 1, "begin");
                execute(simple, 2, "select pg_sleep(0.01)");
                execute(simple, 1, "commit");
            });
            assertThat(matching(queries, ".*" + TIMES + ".*")).hasSize(5);
            assertThat(matching(queries, "30" + TIMES + "select 'ay'")).hasSize(1);
            assertThat(matching(queries, "4" + TIMES + "select 1/0")).hasSize(1);
            assertThat(matching(queries, "2 times, mean [1-9]\\d{4,} us, longest .*: select pg_sleep\\(0\\.01\\)"))
                    .hasSize(1);
            assertThat(matching(queries, "1" + TIMES + "(begin|commit)")).hasSize(2);

            var messages = lines("postgres-statements", server, extended, List.of(), () -> {
                try (var prepared = extended.prepareStatement("select ?::int")) {
                    for (int i = 0; i < 20; i++) {
                        prepared.setInt(1, i);
                        prepared.execute();
                    }
                }
            });
            assertThat(matching(messages, ".*" + TIMES + ".*")).hasSize(1);
            assertThat(matching(messages, "20" + TIMES + "select \\$1::int")).hasSize(1);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void eachWaitForALockIsTold(PostgresServer server) throws SQLException {
        try (var holder = server.connect();
                var waiter = server.connect()) {
            int backend = PostgresServer.backendOf(waiter);
            execute(holder, 1, "create table shelf as select 1 as book");
            long database = number(holder, "select oid from pg_database where datname = current_database()");
            long table = number(holder, "select 'shelf'::regclass::oid");
            var transaction = new AtomicLong();
            var lines = lines("postgres-locks", server, waiter, List.of(), () -> {
                execute(waiter, 10, "select pg_advisory_lock(5)");
                execute(holder, 1, "select pg_advisory_lock(77)");
                blocked(holder, waiter, backend, "select pg_advisory_lock(77)", "select pg_advisory_unlock(77)");
                execute(holder, 1, "begin");
                execute(holder, 1, "lock table shelf");
                blocked(holder, waiter, backend, "select book from shelf", "commit");
                execute(holder, 1, "begin");
                execute(holder, 1, "update shelf set book = 2");
                transaction.set(number(holder, "select txid_current()"));
                blocked(holder, waiter, backend, "update shelf set book = 3", "commit");
                execute(holder, 1, "select pg_advisory_lock(78)");
                execute(waiter, 1, "set statement_timeout = 100");
                fail(waiter, 1, "select pg_advisory_lock(78)");
            });

            assertThat(matching(lines, " *\\d+ +\\d+\\.\\d{3} ms  .*").stream()
                            .map(line -> line.replaceAll("^ *(\\d+) .* ms  ", "$1 ")))
                    .containsExactly(
                            backend + " advisory lock " + database + "/0/77, Exclusive",
                            backend + " relation " + database + "/" + table + "/0, AccessShare",
                            backend + " transaction " + transaction + "/0/0, Share");
            assertThat(matching(lines, "process " + backend + ": 3 waits, mean \\d+ us, longest \\d+ us"))
                    .hasSize(1);
            assertThat(lines.getLast())
                    .isEqualTo("process " + backend + ": still waiting, or gave up, for advisory lock " + database
                            + "/0/78, Exclusive");
        }
    }

    /** Runs a statement that has to wait for what the holder has, and when it does, the one that lets it go on. */
    private static void blocked(Connection holder, Connection waiter, int backend, String waiting, String release)
            throws SQLException {
        var blocked = CompletableFuture.runAsync(() -> {
            try {
                execute(waiter, 1, waiting);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (number(holder, "select count(*) from pg_locks where not granted and pid = " + backend) == 0) {
            assertThat(System.nanoTime()).as("time to wait for a lock").isLessThan(deadline);
        }
        execute(holder, 1, release);
        blocked.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static long number(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(text)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }
}
