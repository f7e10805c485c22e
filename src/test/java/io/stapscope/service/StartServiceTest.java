package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.postgres.EmbeddedPostgres;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code up} says and does when something is in its way. */
@Timeout(120)
class StartServiceTest {
    @Test
    void aTakenPortIsSaidAndNothingIsStarted() throws IOException {
        var state = RunningService.newStateDirectory();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var command = PackagedCommand.start(
                        Map.of("STAPSCOPE_STATE", state.toString()),
                        "up",
                        "--port",
                        String.valueOf(taken.getLocalPort()))) {
            var ended = command.awaitEnd(30);
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.output()).isEmpty();
            assertThat(ended.errors())
                    .isEqualTo("stapscope up: port " + taken.getLocalPort()
                            + " of 127.0.0.1 is taken (is Stapscope running already?); choose another one: --port "
                            + (taken.getLocalPort() + 1) + "\n");
            try (var files = Files.list(state)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void anUnreachableDatabaseIsSaidInOneLineWithinTenSeconds() throws IOException {
        int nobody;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        assertRefused("postgresql://127.0.0.1:" + nobody + "/stapscope", "127.0.0.1:" + nobody);
    }

    @Test
    void aDatabaseThatNeverAnswersIsSaidInOneLineWithinTenSeconds() throws IOException {
        // Takes connections and says nothing, like a firewall or a stuck server.
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertRefused("postgresql://127.0.0.1:" + silent.getLocalPort() + "/stapscope", "");
        }
    }

    @Test
    void anAddressThatIsNoPostgresUrlIsSaidInOneLine() throws IOException {
        assertRefused("mysql://127.0.0.1/stapscope", "it should be postgresql://HOST:PORT/NAME");
    }

    private static void assertRefused(String url, String cause) throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            var environment = Map.of(
                    "STAPSCOPE_STATE",
                    RunningService.newStateDirectory().toString(),
                    "STAPSCOPE_DATABASE_URL",
                    url,
                    "STAPSCOPE_DATABASE_USER",
                    "nobody",
                    "STAPSCOPE_DATABASE_PASSWORD",
                    "secret-password");
            try (var command = PackagedCommand.start(environment, "up", "--port", String.valueOf(port))) {
                var ended = command.awaitEnd(10);
                assertThat(ended.status()).isEqualTo(1);
                assertThat(ended.output()).isEmpty();
                assertThat(ended.errors().lines())
                        .as(ended.errors())
                        .hasSize(1)
                        .allMatch(line -> line.startsWith("stapscope up: ") && line.contains(cause));
                assertThat(ended.errors()).doesNotContain("secret-password");
            }
        }
    }

    @Test
    void aConfiguredDatabaseIsUsedAndNoOtherIsStarted() throws SQLException {
        var state = RunningService.newStateDirectory();
        try (var database = EmbeddedPostgres.start(RunningService.newStateDirectory(), progress -> {})) {
            var environment = Map.of(
                    "STAPSCOPE_DATABASE_URL",
                    database.reactiveUrl(),
                    "STAPSCOPE_DATABASE_USER",
                    database.user(),
                    "STAPSCOPE_DATABASE_PASSWORD",
                    database.password());
            try (var service = RunningService.start(state, environment).login()) {
                var id = service.run(new JsonObject().put("script", "probe begin { println(\"hello\") exit() }"));
                assertThat(service.awaitAndFind(id).getString("stopReason")).isEqualTo("exit()");
                assertThat(state.resolve("data")).doesNotExist();
                try (var connection =
                                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                        var statement = connection.createStatement();
                        var captures = statement.executeQuery("select id::text from capture")) {
                    assertThat(captures.next()).isTrue();
                    assertThat(captures.getString(1)).isEqualTo(id);
                }
            }
            try (var connection =
                    DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
                assertThat(connection.isValid(5))
                        .as("the database of others runs on")
                        .isTrue();
            }
        }
    }

    @Test
    void thePrintedLinkWorksOnce() {
        try (var service = RunningService.start(RunningService.newStateDirectory())) {
            assertThat(service.send("GET", "/api/v1/captures", "").statusCode()).isEqualTo(401);
            var token = service.loginLink().substring(service.loginLink().indexOf('#') + 1);
            service.login();
            assertThat(service.get("/api/v1/captures").getLong("total")).isZero();
            var again = service.send(
                    "POST",
                    "/api/v1/login",
                    new JsonObject().put("token", token).encode());
            assertThat(again.statusCode()).isEqualTo(401);
            assertThat(again.headers().firstValue("set-cookie")).isEmpty();
        }
    }
}
