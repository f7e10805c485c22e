package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.kernel.inspect.LiveHost;
import io.stapscope.tracer.Driver;
import io.stapscope.tracer.Traced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The article's scripts, unchanged but for the path, against the program it was written about. */
@Tag("kernel")
@Timeout(120)
class ArticleOnPostgresServiceTest {
    private static final String SHOW = "printf(\"%s, %s, %d, %d\\n\", execname(), pp(), pid(), cpu());";
    private static final String SHOW_CALL =
            "{ printf(\"%s, %d, %s, %d, %d, %d\\n\", execname(), $syscall, pp(), pid(), cpu(), $arg1); }";
    private static final String SHOW_RETURN = SHOW_CALL.replace("$arg1", "$return");
    private static final String ONE_SECOND = " probe timer.s(1) { exit(); }";
    private static final int SENDTO = 44;
    private static final int RECVFROM = 45;
    private static final int EAGAIN = 11;

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

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void beginPrintsOneLineForAServerThatRunsAlready(PostgresServer server) {
        var path = server.program();
        try (var traced = Traced.start("probe process(\"" + path + "\").begin {" + SHOW + " exit();}")) {
            assertThat(traced.end().errors()).isZero();
            assertThat(traced.lines()).hasSize(1);
            assertThat(server.pids()).contains(processLine(traced.lines().getFirst(), shown(path, "begin")));
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void beginPrintsEachRunningProcessOnceAndThenEachNewBackend(PostgresServer server) throws SQLException {
        try (var connection = server.connect()) {
            int idle = PostgresServer.backendOf(connection);
            var before = server.pids();
            assertThat(before).contains(idle, server.postmaster());
            var script = "probe process(\"" + server.program() + "\").begin {" + SHOW + "}";
            try (var traced = Traced.start(script)) {
                int fresh;
                try (var another = server.connect()) {
                    fresh = PostgresServer.backendOf(another);
                }
                traced.awaitOutput(text -> text.contains(", " + fresh + ", "));
                assertThat(traced.stop().errors()).isZero();
                var printed = traced.lines().stream()
                        .map(line -> processLine(line, shown(server.program(), "begin")))
                        .toList();
                before.add(fresh);
                assertThat(printed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(before);
                assertThat(printed.getLast()).isEqualTo(fresh);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void aPathIsRelativeOrALinkOrSearchedAndAlwaysShownCanonical(PostgresServer server) throws IOException {
        var path = server.program();
        var links = Files.createDirectory(RunningService.newStateDirectory().resolve("bin"));
        var link = Files.createSymbolicLink(links.resolve("postgres"), path);
        var relative = Path.of("").toAbsolutePath().relativize(path);
        var host = new LiveHost(Path.of(""), "/nowhere:" + links);
        for (var written : List.of(relative.toString(), link.toString(), "postgres")) {
            try (var traced = Traced.startOn(host, "probe process(\"" + written + "\").begin {" + SHOW + " exit();}")) {
                traced.end();
                assertThat(traced.lines()).as(written).hasSize(1);
                assertThat(server.pids()).contains(processLine(traced.lines().getFirst(), shown(path, "begin")));
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void endPrintsNothingUntilABackendEndsAndThenItsLine(PostgresServer server) throws SQLException {
        try (var connection = server.connect()) {
            int backend = PostgresServer.backendOf(connection);
            var script = "probe process(\"" + server.program() + "\").end {" + SHOW + " exit();}";
            try (var traced = Traced.start(script)) {
                PostgresServer.backendOf(connection);
                assertThat(traced.text()).isEmpty();
                connection.close();
                assertThat(traced.end().errors()).isZero();
                assertThat(traced.lines()).hasSize(1);
                assertThat(processLine(traced.lines().getFirst(), shown(server.program(), "end")))
                        .isEqualTo(backend);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void aServerWithoutThreadsHasNoThreadEvents(PostgresServer server) throws SQLException {
        var script = "probe process(\"PATH\").thread.begin, process(\"PATH\").thread.end {" + SHOW + "}";
        try (var traced = Traced.start(script.replace("PATH", server.program().toString()))) {
            try (var connection = server.connect()) {
                PostgresServer.backendOf(connection);
            }
            assertThat(traced.stop().errors()).isZero();
            assertThat(traced.text() + traced.errors()).isEmpty();
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void syscallCoversAllProcessesOfTheProgramAndEndsWithoutATrailer(PostgresServer server) throws SQLException {
        var script = "probe process(\"" + server.program() + "\").syscall " + SHOW_CALL + ONE_SECOND;
        try (var first = server.connect();
                var second = server.connect()) {
            int one = PostgresServer.backendOf(first);
            int two = PostgresServer.backendOf(second);
            try (var traced = Traced.start(script)) {
                PostgresServer.backendOf(first);
                PostgresServer.backendOf(second);
                var result = traced.end();
                assertThat(result.errors()).isZero();
                assertThat(traced.errors()).isEmpty();
                var pids = new TreeSet<Integer>();
                for (var line : traced.lines()) {
                    pids.add(pid(call(line, shown(server.program(), "syscall"))));
                }
                assertThat(pids).contains(one, two);
                assertThat(server.pids()).containsAll(pids);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void anEmptySocketReturnsMinusEleven(PostgresServer server) throws SQLException {
        var script = "probe process(\"" + server.program() + "\").syscall.return " + SHOW_RETURN + ONE_SECOND;
        try (var connection = server.connect()) {
            int backend = PostgresServer.backendOf(connection);
            try (var traced = Traced.start(script)) {
                PostgresServer.backendOf(connection);
                assertThat(traced.end().errors()).isZero();
                assertThat(traced.errors()).isEmpty();
                var results = new HashSet<Long>();
                for (var line : traced.lines()) {
                    var call = call(line, shown(server.program(), "syscall.return"));
                    if (number(call) == RECVFROM && pid(call) == backend) {
                        results.add(value(call));
                    }
                }
                // The query, then nothing more: the article's -11.
                assertThat(results).contains((long) -EAGAIN).anyMatch(result -> result > 0);
                assertThat(results).allMatch(result -> result == -EAGAIN || result > 0);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void eachQueryIsReceivedAndAnsweredOnce(PostgresServer server) throws SQLException {
        var script = """
                global received, answered
                probe process("PATH").syscall { if (pid() == PID && $syscall == 44) answered++ }
                probe process("PATH").syscall.return { if (pid() == PID && $syscall == 45 && $return > 0) received++ }
                probe end { printf("%d %d\\n", received, answered) }
                """.replace("PATH", server.program().toString());
        try (var connection = server.connect()) {
            int backend = PostgresServer.backendOf(connection);
            try (var traced = Traced.start(script.replace("PID", String.valueOf(backend)))) {
                for (int i = 0; i < 100; i++) {
                    assertThat(PostgresServer.backendOf(connection)).isEqualTo(backend);
                }
                assertThat(traced.stop().losses().lost()).isZero();
                assertThat(traced.text()).isEqualTo("100 100\n");
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void theFormWithAProcessIdWatchesThatBackendOnly(PostgresServer server) throws SQLException {
        try (var watched = server.connect();
                var other = server.connect()) {
            int backend = PostgresServer.backendOf(watched);
            PostgresServer.backendOf(other);
            var point = "process(" + backend + ")";
            try (var traced = Traced.start("probe " + point + ".begin {" + SHOW + " exit();}")) {
                traced.end();
                assertThat(traced.lines()).hasSize(1);
                assertThat(processLine(traced.lines().getFirst(), point + ".begin"))
                        .isEqualTo(backend);
            }
            try (var traced = Traced.start("probe " + point + ".syscall " + SHOW_CALL)) {
                PostgresServer.backendOf(other);
                assertAnswers(watched, traced);
                assertThat(traced.lines()).allSatisfy(line -> assertThat(pid(call(line, point + ".syscall")))
                        .isEqualTo(backend));
            }
            try (var traced = Traced.start("probe " + point + ".end {" + SHOW + " exit();}")) {
                other.close();
                PostgresServer.backendOf(watched);
                assertThat(traced.text()).isEmpty();
                watched.close();
                traced.end();
                assertThat(traced.lines()).hasSize(1);
                assertThat(processLine(traced.lines().getFirst(), point + ".end"))
                        .isEqualTo(backend);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void theBareFormWatchesTheTargetAndItsDescendants(PostgresServer server) throws SQLException {
        var script = "probe process.begin, process.end {" + SHOW + "} probe process.syscall.return " + SHOW_RETURN;
        try (var traced = Traced.start(script, Traced.target(server.postmaster()))) {
            int backend;
            try (var connection = server.connect()) {
                backend = PostgresServer.backendOf(connection);
            }
            try (var outsider = Driver.start("calls", "1000", "1")) {
                assertThat(outsider.awaitEnd()).isZero();
            }
            var ends = Pattern.compile("postgres, process\\.end, " + backend + ", \\d+");
            traced.awaitOutput(text -> text.lines().anyMatch(ends.asMatchPredicate()));
            traced.stop();
            var expected = server.pids();
            expected.add(backend);
            var begun = new TreeSet<Integer>();
            var called = new TreeSet<Integer>();
            for (var line : traced.lines()) {
                if (line.contains("process.begin")) {
                    assertThat(begun.add(processLine(line, "process.begin")))
                            .as(line)
                            .isTrue();
                } else if (line.contains("process.syscall")) {
                    called.add(pid(call(line, "process.syscall.return")));
                } else {
                    assertThat(processLine(line, "process.end")).isEqualTo(backend);
                }
            }
            assertThat(begun).isEqualTo(expected);
            assertThat(expected).containsAll(called);
            assertThat(called).contains(backend, server.postmaster());
        }
    }

    /** One more query: sent and seen in the output. */
    private static void assertAnswers(Connection connection, Traced traced) throws SQLException {
        PostgresServer.backendOf(connection);
        traced.awaitOutput(text -> text.lines().anyMatch(line -> line.startsWith("postgres, " + SENDTO + ", ")));
        traced.stop();
    }

    private static String shown(Path path, String event) {
        return "process(\"" + path + "\")." + event;
    }

    /** Checks a line of the process events and gives its pid. */
    private static int processLine(String line, String point) {
        var matcher = Pattern.compile("postgres, " + Pattern.quote(point) + ", (\\d+), \\d+")
                .matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static Matcher call(String line, String point) {
        var matcher = Pattern.compile("postgres, (\\d+), " + Pattern.quote(point) + ", (\\d+), \\d+, (-?\\d+)")
                .matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return matcher;
    }

    private static int number(Matcher call) {
        return Integer.parseInt(call.group(1));
    }

    private static int pid(Matcher call) {
        return Integer.parseInt(call.group(2));
    }

    private static long value(Matcher call) {
        return Long.parseLong(call.group(3));
    }
}
