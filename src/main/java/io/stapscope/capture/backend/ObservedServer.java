package io.stapscope.capture.backend;

import io.stapscope.postgres.socket.SocketFile;
import io.vertx.pgclient.PgConnectOptions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the server that is asked.
 *
 * @param options with the password: never to be shown
 */
record ObservedServer(PgConnectOptions options) {
    static final String OWN = "own";
    private static final int CONNECT_MILLIS = 3000;

    /**
     * Of the settings; null without a URL. Fails with an {@link IllegalArgumentException} whose message has nothing of the URL,
     * which may hold a password.
     *
     * @param configuration values by name, for {@value #OWN}
     */
    static @Nullable ObservedServer of(BackendSettings settings, Function<String, @Nullable String> configuration) {
        var url = settings.url().map(String::strip).orElse("");
        if (url.isEmpty()) {
            return null;
        }
        boolean own = url.equals(OWN);
        var address = own ? configuration.apply("quarkus.datasource.reactive.url") : url;
        if (address == null) {
            throw new IllegalArgumentException(
                    "stapscope.postgresql.url is '" + OWN + "', and there is no database of our own");
        }
        var options = parsed(address);
        var user = own ? configuration.apply("quarkus.datasource.username") : null;
        var password = own ? configuration.apply("quarkus.datasource.password") : null;
        options.setUser(settings.user().orElse(user == null ? options.getUser() : user));
        options.setPassword(settings.password().orElse(password == null ? options.getPassword() : password));
        return new ObservedServer(options.setConnectTimeout(CONNECT_MILLIS)
                .setReconnectAttempts(0)
                .addProperty("application_name", "stapscope")
                .addProperty("default_transaction_read_only", "on")
                .addProperty("statement_timeout", "1000")
                .addProperty("idle_in_transaction_session_timeout", "5000"));
    }

    private static PgConnectOptions parsed(String url) {
        try {
            return SocketFile.options(url.startsWith("vertx-reactive:") ? url.substring(15) : url);
        } catch (IllegalArgumentException e) {
            // Its message repeats the URL: it stays here, also as a cause.
            throw new IllegalArgumentException(
                    "stapscope.postgresql.url cannot be read; it should be postgresql://USER@HOST:PORT/DATABASE");
        }
    }

    /** Host, port and database: for people. */
    String name() {
        return options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
    }
}
