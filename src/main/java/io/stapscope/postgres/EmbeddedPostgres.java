package io.stapscope.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Starts the PostgreSQL server of a state directory, or adopts the one that a killed predecessor left running. The
 * data is durable (fsync on), the only way in is 127.0.0.1 with a random password.
 */
public final class EmbeddedPostgres {
    private static final String DATABASE = "stapscope";
    private static final String NO_SUCH_DATABASE = "3D000";

    /** A single machine's history: small beside the traced programs. The empty socket folder turns sockets off. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=''",
            "max_connections=50",
            "shared_buffers=64MB",
            "max_wal_size=512MB",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC");

    private static final List<String> FOR_TESTS =
            List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");

    private final Path stateDirectory;
    private final boolean durable;
    private final Consumer<String> progress;

    private EmbeddedPostgres(Path stateDirectory, boolean durable, Consumer<String> progress) {
        this.stateDirectory = stateDirectory.toAbsolutePath().normalize();
        this.durable = durable;
        this.progress = progress;
    }

    /** The state directory of this user, see the README. */
    public static Path defaultStateDirectory() {
        try {
            return StateDirectory.locate(System.getenv(), Identity.isRoot(), Path.of(System.getProperty("user.home")));
        } catch (IOException e) {
            throw new PostgresException("cannot tell the current user: " + e.getMessage(), e);
        }
    }

    /**
     * Returns when the server accepts connections and its database exists; the schema is the caller's.
     *
     * @param progress is told what takes long, a few words each time
     * @throws PostgresException with one line that says what is wrong
     */
    public static Running start(Path stateDirectory, Consumer<String> progress) {
        return new EmbeddedPostgres(stateDirectory, true, progress).start();
    }

    /** As {@link #start}, but what it stores may be lost with the machine: for tests. */
    static Running startForgetful(Path stateDirectory, Consumer<String> progress) {
        return new EmbeddedPostgres(stateDirectory, false, progress).start();
    }

    private Running start() {
        try {
            return locked();
        } catch (IOException e) {
            throw new PostgresException("cannot start PostgreSQL in " + stateDirectory + ": " + e, e);
        }
    }

    private Running locked() throws IOException {
        Folders.create(stateDirectory, "rwxr-xr-x");
        Path data = stateDirectory.resolve("data");
        Identity identity = Identity.of(data);
        refuseUnreachable(identity);
        var locks = new StateLocks(stateDirectory);
        try (var starting = locks.starting()) {
            locks.join();
            var cluster = new Cluster(Binaries.unpackOnce(stateDirectory, progress), stateDirectory, data, identity);
            String password = password(cluster);
            int port = cluster.port();
            boolean adopted = port != 0 && answers(port, password);
            if (!adopted) {
                port = startServer(cluster);
                prepareDatabase(port, password);
            }
            return new Running(cluster, locks, port, password, cluster.postmasterPid(), adopted);
        } catch (IOException | RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    private void refuseUnreachable(Identity identity) throws IOException {
        Path closed = identity.lent() ? Folders.closedToOthers(stateDirectory) : null;
        if (closed != null) {
            throw new PostgresException("PostgreSQL runs as uid " + identity.uid() + " and cannot pass " + closed
                    + ": choose another place with STAPSCOPE_STATE");
        }
    }

    private String password(Cluster cluster) throws IOException {
        Path file = stateDirectory.resolve("password");
        if (cluster.exists() && !Files.exists(file)) {
            throw new PostgresException(file + " is missing, without it the data beside it cannot be opened");
        }
        String password = Secrets.of(file);
        if (!cluster.exists()) {
            progress.accept("creating the database");
            cluster.create(password, durable);
        }
        return password;
    }

    private int startServer(Cluster cluster) throws IOException {
        progress.accept("starting PostgreSQL");
        int port = freePort();
        cluster.start(port, durable ? SETTINGS : all(SETTINGS, FOR_TESTS));
        Files.writeString(stateDirectory.resolve("port"), port + "\n");
        return port;
    }

    private static List<String> all(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The port of the last time when it is free, so that notes and tools stay right. */
    private int freePort() throws IOException {
        Path file = stateDirectory.resolve("port");
        int last = Files.exists(file) ? Integer.parseInt(Files.readString(file).trim()) : 0;
        try (var socket = listening(last)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            try (var socket = listening(0)) {
                return socket.getLocalPort();
            }
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Whether our own server is there. A pid in a file proves nothing; with this password the server proves who it is,
     * because SCRAM makes both sides show that they know it.
     */
    private static boolean answers(int port, String password) {
        try (Connection connection = connect(port, DATABASE, password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void prepareDatabase(int port, String password) {
        try (Connection connection = connect(port, DATABASE, password)) {
            connection.isValid(5);
        } catch (SQLException e) {
            if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw new PostgresException("PostgreSQL started but refuses us: " + e.getMessage(), e);
            }
            createDatabase(port, password);
        }
    }

    private static void createDatabase(int port, String password) {
        try (Connection connection = connect(port, "postgres", password);
                var statement = connection.createStatement()) {
            statement.execute("create database " + DATABASE);
        } catch (SQLException e) {
            throw new PostgresException("cannot create the database: " + e.getMessage(), e);
        }
    }

    private static Connection connect(int port, String database, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", Cluster.USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "20");
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        // Not through DriverManager: it would depend on who loaded us.
        Connection connection = new org.postgresql.Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not take " + url);
        }
        return connection;
    }

    /** A server that accepts connections. */
    public static final class Running implements AutoCloseable {
        private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

        private final Cluster cluster;
        private final StateLocks locks;
        private final int port;
        private final String password;
        private final long postmasterPid;
        private final boolean adopted;
        private boolean closed;

        private Running(
                Cluster cluster, StateLocks locks, int port, String password, long postmasterPid, boolean adopted) {
            this.cluster = cluster;
            this.locks = locks;
            this.port = port;
            this.password = password;
            this.postmasterPid = postmasterPid;
            this.adopted = adopted;
        }

        public String jdbcUrl() {
            return "jdbc:" + reactiveUrl();
        }

        public String reactiveUrl() {
            return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
        }

        public String user() {
            return Cluster.USER;
        }

        public String password() {
            return password;
        }

        public long postmasterPid() {
            return postmasterPid;
        }

        /** Whether it ran already. */
        public boolean adopted() {
            return adopted;
        }

        /** Stops the server, unless another process uses it too. Idempotent. */
        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            try (locks;
                    var starting = locks.starting()) {
                if (locks.leaveAsLast()) {
                    cluster.stop(STOP_LIMIT);
                }
            } catch (IOException e) {
                throw new PostgresException("cannot stop PostgreSQL: " + e, e);
            }
        }
    }
}
