package io.stapscope.cli;

import io.quarkus.runtime.ShutdownEvent;
import io.stapscope.postgres.EmbeddedPostgres;
import io.stapscope.postgres.socket.SocketFile;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The database of the service: a configured one, or our own PostgreSQL. */
@ApplicationScoped
public class ServiceDatabase {
    private static EmbeddedPostgres.@Nullable Running own;

    /** Starts or adopts our own server unless one is configured, and tells Quarkus where it is. */
    static synchronized void open(Consumer<String> progress) {
        var state = EmbeddedPostgres.defaultStateDirectory();
        System.setProperty("stapscope.state-directory", state.toString());
        var url = System.getenv("STAPSCOPE_DATABASE_URL");
        if (url != null && !url.isBlank()) {
            configure(url, System.getenv("STAPSCOPE_DATABASE_USER"), System.getenv("STAPSCOPE_DATABASE_PASSWORD"));
            return;
        }
        if (System.getenv("QUARKUS_DATASOURCE_JDBC_URL") != null
                || System.getProperty("quarkus.datasource.jdbc.url") != null) {
            return;
        }
        var running = EmbeddedPostgres.start(state, progress);
        own = running;
        System.setProperty("quarkus.datasource.jdbc.url", running.jdbcUrl());
        System.setProperty("quarkus.datasource.reactive.url", running.reactiveUrl());
        System.setProperty("quarkus.datasource.username", running.user());
        System.setProperty("quarkus.datasource.password", running.password());
        System.setProperty("stapscope.excluded-parents", String.valueOf(running.postmasterPid()));
    }

    private static void configure(String url, @Nullable String user, @Nullable String password) {
        if (!url.startsWith("postgresql://")) {
            throw new IllegalArgumentException("STAPSCOPE_DATABASE_URL is '" + url
                    + "', it should be postgresql://HOST:PORT/NAME or postgresql:///NAME?host=DIRECTORY of its socket");
        }
        var address = addressOf(url, user, password);
        refuseUnusable(url, address);
        System.setProperty("quarkus.datasource.jdbc.url", address.jdbcUrl);
        System.setProperty("quarkus.datasource.reactive.url", url);
        if (address.user != null) {
            System.setProperty("quarkus.datasource.username", address.user);
        }
        if (address.password != null) {
            System.setProperty("quarkus.datasource.password", address.password);
        }
    }

    /** @param user null for the one in the URL */
    private record Address(
            String jdbcUrl, @Nullable String user, @Nullable String password) {}

    private static Address addressOf(String url, @Nullable String user, @Nullable String password) {
        var options = SocketFile.options(url);
        var file = SocketFile.of(options);
        return file == null
                ? new Address("jdbc:" + url, user, password)
                : new Address(
                        file.jdbcUrl(options.getDatabase()),
                        user == null ? options.getUser() : user,
                        password == null ? options.getPassword() : password);
    }

    /** One connection before everything else starts: says what is wrong in words and soon. */
    private static void refuseUnusable(String url, Address address) {
        var properties = new Properties();
        if (address.user != null) {
            properties.setProperty("user", address.user);
        }
        if (address.password != null) {
            properties.setProperty("password", address.password);
        }
        for (var limit : List.of("connectTimeout", "loginTimeout", "socketTimeout")) {
            properties.setProperty(limit, "5");
        }
        try (var connection = new org.postgresql.Driver().connect(address.jdbcUrl, properties)) {
            if (connection == null) {
                throw new SQLException("the PostgreSQL driver does not take this URL");
            }
        } catch (SQLException e) {
            // The driver does not say what the system said.
            var reason = e.getCause() instanceof SocketException system ? system : e;
            var cause = String.valueOf(reason.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
            throw new IllegalArgumentException("cannot use the database " + url + ": " + cause, e);
        }
    }

    /** Where the history is, for people. */
    static synchronized String description() {
        return own != null ? "its own PostgreSQL" : "the configured PostgreSQL";
    }

    /** After everything else has stopped: the last windows of the captures are stored by then. */
    void atShutdown(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        close();
    }

    static synchronized void close() {
        if (own != null) {
            own.close();
            own = null;
        }
    }
}
