package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A PostgreSQL to look at: nothing in it starts or ends a process by itself. */
public final class PostgresServer implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final String name;
    private final Path program;
    private final String url;
    private final String password;
    private final int postmaster;
    private final Runnable stop;

    private PostgresServer(String name, Path program, String url, String password, int postmaster, Runnable stop) {
        this.name = name;
        this.program = program;
        this.url = url;
        this.password = password;
        this.postmaster = postmaster;
        this.stop = stop;
    }

    /** The embedded one, and Debian's newest where it is installed. */
    public static List<PostgresServer> startAll() {
        var servers = new ArrayList<PostgresServer>();
        servers.add(embedded());
        var debian = debianPrograms();
        if (debian != null) {
            servers.add(debian(debian));
        }
        servers.forEach(PostgresServer::calm);
        return servers;
    }

    /** Where it listens, on the loopback interface. */
    int port() {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    /** Whether its programs have marks: Debian's have. */
    public boolean hasMarks() {
        return program.startsWith(DEBIAN);
    }

    /** The embedded one alone. */
    static PostgresServer startEmbedded() {
        var server = embedded();
        server.calm();
        return server;
    }

    private static PostgresServer embedded() {
        var state = RunningService.newStateDirectory();
        var running = EmbeddedPostgres.start(state, progress -> {});
        var postmaster = (int) running.postmasterPid();
        return new PostgresServer(
                "embedded", executable(postmaster), running.jdbcUrl(), running.password(), postmaster, running::close);
    }

    private static Path debianPrograms() {
        try (var versions = Files.newDirectoryStream(DEBIAN)) {
            Path newest = null;
            for (var version : versions) {
                var programs = version.resolve("bin");
                if (Files.isExecutable(programs.resolve("postgres"))
                        && (newest == null || programs.compareTo(newest) > 0)) {
                    newest = programs;
                }
            }
            return newest;
        } catch (IOException e) {
            return null;
        }
    }

    private static PostgresServer debian(Path programs) {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var folder = RunningService.newStateDirectory();
            var data = folder.resolve("data").toString();
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
            int port = free.getLocalPort();
            free.close();
            run(programs, folder, "initdb", "-D", data, "-U", "stapscope", "--auth=trust", "--no-sync");
            var options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''";
            run(programs, folder, "pg_ctl", "-D", data, "-w", "-l", data + "/server.log", "-o", options, "start");
            var postmaster = Integer.parseInt(
                    Files.readAllLines(Path.of(data, "postmaster.pid")).getFirst());
            var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
            return new PostgresServer(
                    "Debian " + programs.getParent().getFileName(),
                    executable(postmaster),
                    url,
                    "",
                    postmaster,
                    () -> run(programs, folder, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path programs, Path folder, String program, String... arguments) {
        var command = new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            var log = folder.resolve("command.log");
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(process.waitFor()).as(() -> command + ": " + text(log)).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path executable(int pid) {
        try {
            return Path.of("/proc/" + pid + "/exe").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void calm() {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("alter system set autovacuum = off");
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Canonical path of the program that all its processes run. */
    public Path program() {
        return program;
    }

    int postmaster() {
        return postmaster;
    }

    /** Each statement is one query. */
    public Connection connect() throws SQLException {
        return connect("simple");
    }

    /** Each statement is parsed, bound and executed by messages of their own. */
    public Connection connectExtended() throws SQLException {
        return connect("extended");
    }

    /** Another user's. */
    Connection connect(String database, String user, String userPassword) throws SQLException {
        var address = url.substring(0, url.lastIndexOf('/') + 1) + database + "?preferQueryMode=simple";
        return DriverManager.getConnection(address, user, userPassword);
    }

    private Connection connect(String mode) throws SQLException {
        return DriverManager.getConnection(url + "?preferQueryMode=" + mode, "stapscope", password);
    }

    /** In the form in which STAPSCOPE_DATABASE_URL takes it. */
    String serviceUrl() {
        return url.substring("jdbc:".length());
    }

    String password() {
        return password;
    }

    public static int backendOf(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("select pg_backend_pid()")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    /** The postmaster and its children. */
    Set<Integer> pids() {
        var pids = new TreeSet<Integer>();
        pids.add(postmaster);
        ProcessHandle.of(postmaster).orElseThrow().children().forEach(child -> pids.add((int) child.pid()));
        return pids;
    }

    @Override
    public void close() {
        stop.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
