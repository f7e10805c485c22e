package io.stapscope.postgres;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a test application an empty database on a server of this checkout, which stays unpacked between test runs. */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres.@Nullable Running running;

    @Override
    public Map<String, String> start() {
        var server = EmbeddedPostgres.startForgetful(directory(), progress -> {});
        running = server;
        emptyDatabase(server);
        return Map.of(
                "quarkus.datasource.jdbc.url", server.jdbcUrl(),
                "quarkus.datasource.reactive.url", server.reactiveUrl(),
                "quarkus.datasource.username", server.user(),
                "quarkus.datasource.password", server.password());
    }

    /** Below the folder for temporary files: as root the checkout may lie where the server's uid cannot reach it. */
    private static Path directory() {
        String checkout = Integer.toHexString(Path.of("").toAbsolutePath().hashCode());
        String user = System.getProperty("user.name");
        return Path.of(System.getProperty("java.io.tmpdir"), "stapscope-test-" + user + "-" + checkout);
    }

    private static void emptyDatabase(EmbeddedPostgres.Running server) {
        String maintenance = server.jdbcUrl().replaceFirst("/stapscope$", "/postgres");
        try (var connection = DriverManager.getConnection(maintenance, server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists stapscope with (force)");
            statement.execute("create database stapscope");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (running != null) {
            running.close();
        }
    }
}
