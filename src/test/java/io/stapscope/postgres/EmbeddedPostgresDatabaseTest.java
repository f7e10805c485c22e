package io.stapscope.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddedPostgresDatabaseTest {
    private Path state;

    @BeforeEach
    void makeStateDirectory() throws IOException {
        state = Files.createTempDirectory("stapscope-postgres-test");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void removeStateDirectory() throws IOException {
        if (Files.exists(state.resolve("data"))) {
            EmbeddedPostgres.start(state, progress -> {}).close();
        }
        Folders.delete(state);
    }

    @Test
    void keepsItsRowsFromStartToStart() throws Exception {
        var progress = new ArrayList<String>();
        try (var first = EmbeddedPostgres.start(state, progress::add)) {
            execute(first, "create table t as select generate_series(1, 1000) as n");
        }
        assertThat(progress).containsExactly("unpacking PostgreSQL", "creating the database", "starting PostgreSQL");
        progress.clear();
        long begin = System.nanoTime();
        try (var second = EmbeddedPostgres.start(state, progress::add)) {
            System.out.println(
                    "warm start: " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
            assertThat(query(second, "select count(*) from t")).isEqualTo("1000");
            assertThat(second.adopted()).isFalse();
        }
        assertThat(progress).containsExactly("starting PostgreSQL");
    }

    @Test
    void isDurableAndPrivate() throws Exception {
        try (var running = EmbeddedPostgres.start(state, progress -> {})) {
            assertThat(query(running, "show fsync")).isEqualTo("on");
            assertThat(query(running, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(running, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(running, "show unix_socket_directories")).isEmpty();
            assertThatThrownBy(() -> DriverManager.getConnection(running.jdbcUrl(), running.user(), "wrong"))
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(state.resolve("password")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            assertThat(state.resolve("initdb-password")).doesNotExist();
        }
    }

    @Test
    void adoptsTheServerOfAKilledStarter() throws Exception {
        Process starter = starter();
        long pid = postmasterOf(starter);
        starter.destroyForcibly().waitFor();

        try (var running = EmbeddedPostgres.start(state, progress -> {})) {
            assertThat(running.adopted()).isTrue();
            assertThat(running.postmasterPid()).isEqualTo(pid);
        }
        assertThat(state.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void leavesTheServerToAnotherProcessThatUsesIt() throws Exception {
        try (var running = EmbeddedPostgres.start(state, progress -> {})) {
            Process other = starter();
            assertThat(postmasterOf(other)).isEqualTo(running.postmasterPid());
            other.getOutputStream().write('\n');
            other.getOutputStream().flush();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(query(running, "select 1")).isEqualTo("1");
        }
        assertThat(state.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void recoversWhatWasCommittedBeforeTheServerWasKilled() throws Exception {
        Process starter = starter();
        long pid = postmasterOf(starter);
        try (var running = EmbeddedPostgres.start(state, progress -> {})) {
            execute(running, "create table t as select generate_series(1, 100000) as n");
        }
        starter.destroyForcibly().waitFor();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);

        try (var running = EmbeddedPostgres.start(state, progress -> {})) {
            assertThat(running.adopted()).isFalse();
            assertThat(query(running, "select count(*) from t")).isEqualTo("100000");
        }
    }

    @Test
    void makesAHalfMadeClusterAnew() throws Exception {
        Files.createDirectories(state.resolve("data.new/base"));
        Files.writeString(state.resolve("data.new/PG_VERSION"), "18\n");
        try (var running = EmbeddedPostgres.start(state, progress -> {})) {
            assertThat(query(running, "select current_user")).isEqualTo("stapscope");
        }
    }

    @Test
    void saysWhichFileIsMissing() throws Exception {
        EmbeddedPostgres.start(state, progress -> {}).close();
        Path password = state.resolve("password");
        Files.move(password, state.resolve("kept"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(state, progress -> {}))
                .isInstanceOf(PostgresException.class)
                .hasMessage(password + " is missing, without it the data beside it cannot be opened");
        Files.move(state.resolve("kept"), password);
    }

    private Process starter() throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Starter.class.getName(), state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long postmasterOf(Process starter) throws IOException {
        BufferedReader output = starter.inputReader();
        String line = output.readLine();
        assertThat(line).startsWith("pid ");
        return Long.parseLong(line.substring("pid ".length()));
    }

    private static void execute(EmbeddedPostgres.Running running, String sql) throws SQLException {
        try (var connection = connect(running);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres.Running running, String sql) throws SQLException {
        try (var connection = connect(running);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres.Running running) throws SQLException {
        return DriverManager.getConnection(running.jdbcUrl(), running.user(), running.password());
    }
}
