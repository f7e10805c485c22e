package io.stapscope.postgres.socket;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The socket file of a server.
 *
 * @param directory as {@code unix_socket_directories} of the server has it
 * @param port which also a server without TCP has: its file is called by it
 */
public record SocketFile(Path directory, int port) {
    private static final Pattern WITH_USER = Pattern.compile("postgres(ql)?://([^/?@]+@|.*[?&]user=).*");

    /** Where options lead; null for TCP. */
    public static @Nullable SocketFile of(PgConnectOptions options) {
        return options.isUsingDomainSocket() ? new SocketFile(Path.of(options.getHost()), options.getPort()) : null;
    }

    /**
     * What a URL says. Through a socket file, who asks is by default the user who runs us, as in psql.
     *
     * @param url {@code postgresql://HOST:PORT/DATABASE} or {@code postgresql:///DATABASE?host=DIRECTORY}
     * @throws IllegalArgumentException when it cannot be read; the message repeats it
     */
    public static PgConnectOptions options(String url) {
        var options = PgConnectOptions.fromUri(url);
        return options.isUsingDomainSocket() && !WITH_USER.matcher(url).matches()
                ? options.setUser(System.getProperty("user.name"))
                : options;
    }

    public Path path() {
        return directory.resolve(".s.PGSQL." + port);
    }

    /** What the JDBC driver takes to connect to a database through this file. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost/" + encoded(database)
                + "?sslmode=disable&gssEncMode=disable&socketFactory=" + SocketFileFactory.class.getName()
                + "&socketFactoryArg=" + encoded(path().toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
