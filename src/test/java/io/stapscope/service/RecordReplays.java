package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.tracer.Driver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Records the captures that are bundled for machines on which nothing can be traced: make replays. Each is a run of the
 * packaged product on this machine's kernel; only programs that it starts itself are looked at.
 */
@Timeout(600)
class RecordReplays {
    private static final Path BUNDLES = Path.of("src/main/resources/replay");
    private static final int SECONDS = Integer.getInteger("stapscope.replays.seconds", 70);
    private static final int MOST_BYTES = 150_000;

    private static final String CALLS = """
            // How long each system call of a busy program takes, by process and call.
            global latency

            probe process("mix").syscall.return {
                latency[pid(), $syscall] <<<
                    gettimeofday_ns() - @entry(gettimeofday_ns())
            }

            probe process("mix").begin {
                printf("%s (%d) is watched on cpu %d\\n", execname(), pid(), cpu())
            }
            """;
    private static final String QUERIES = """
            // How long each query of PostgreSQL takes, by its text: marks of the server.
            global started, latency

            probe process("/usr/lib/postgresql/*/bin/postgres").mark("query__start") {
                started[pid()] = gettimeofday_us()
            }

            probe process("/usr/lib/postgresql/*/bin/postgres").mark("query__done") {
                if (pid() in started) {
                    latency[user_string($arg1, "?")] <<< gettimeofday_us() - started[pid()]
                    delete started[pid()]
                }
            }
            """;
    private static final String OFF_CPU = """
            // How long threads wait before they run again, in microseconds, by program.
            global left[20000], off

            // Where a thread is dead it does not come back.
            probe kernel.trace("sched_switch") {
                now = gettimeofday_us()
                if (execname() == "mix" || execname() == "dd" || execname() == "postgres" || execname() == "pgbench") {
                    if (!($prev_state & 0x90)) left[tid()] = now
                }
                thread = $next->pid
                if (thread in left) {
                    off[kernel_string($next->comm)] <<< now - left[thread]
                    delete left[thread]
                }
            }
            """;
    private static final String WRITES = """
            // How long it takes until data are on the disk, by program and call: two humps, the cache and the disk.
            global latency

            probe process("mix").syscall.return, process("/usr/bin/dd").syscall.return,
                    process("/usr/lib/postgresql/*/bin/postgres").syscall.return {
                // write, pwrite64, fsync, fdatasync
                if ($syscall == 1 || $syscall == 18 || $syscall == 74 || $syscall == 75) {
                    latency[execname(), $syscall] <<<
                        gettimeofday_ns() - @entry(gettimeofday_ns())
                }
            }
            """;
    private static final String COUNTS = """
            // How often each program enters the kernel, by call.
            global calls

            probe process("mix").syscall, process("/usr/bin/dd").syscall, process("/usr/bin/pgbench").syscall,
                    process("/usr/lib/postgresql/*/bin/postgres").syscall {
                calls[execname(), $syscall]++
            }
            """;
    private static final Map<String, String> SCRIPTS = new LinkedHashMap<>();

    static {
        SCRIPTS.put("system-calls", CALLS);
        SCRIPTS.put("postgres-queries", QUERIES);
        SCRIPTS.put("off-cpu", OFF_CPU);
        SCRIPTS.put("disk-writes", WRITES);
        SCRIPTS.put("calls-by-program", COUNTS);
    }

    /** Constant texts, for a text is a key. */
    private static final String QUERY_MIX = """
            select count(*) from pgbench_accounts where bid = 1;
            select abalance from pgbench_accounts where aid = 4711;
            select avg(abalance) from pgbench_accounts where aid between 1000 and 9000;
            update pgbench_tellers set tbalance = tbalance + 1 where tid = 7;
            select pg_sleep(0.012);
            """;

    @Test
    void record() throws IOException, InterruptedException {
        Files.createDirectories(BUNDLES);
        var path = Driver.program("mix").getParent() + ":" + System.getenv("PATH");
        var servers = PostgresServer.startAll();
        var loads = new ArrayList<Process>();
        try (var service = RunningService.start(RunningService.newStateDirectory(), Map.of("PATH", path))
                .login()) {
            var server = servers.stream()
                    .filter(PostgresServer::hasMarks)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("needs a PostgreSQL with marks: apt-get install postgresql"));
            loads.addAll(loads(server.port()));
            var runs = new LinkedHashMap<String, String>();
            SCRIPTS.forEach((name, script) -> runs.put(
                    name,
                    service.run(new JsonObject()
                            .put("script", script)
                            .put("name", name)
                            .put("persistent", true)
                            .put("durationSeconds", SECONDS)
                            .put("arguments", new JsonArray()))));
            awaitEnds(service);
            for (var run : runs.entrySet()) {
                var capture = service.awaitAndFind(run.getValue());
                assertThat(capture.getJsonArray("totals").getJsonObject(0).getLong("count"))
                        .as(run.getKey())
                        .isPositive();
                save(run.getKey(), bundle(service, run.getValue()));
            }
        } finally {
            loads.forEach(Process::destroyForcibly);
            servers.forEach(PostgresServer::close);
        }
    }

    /** Until no run is left: they end by themselves. */
    private static void awaitEnds(RunningService service) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS + 60L);
        while (!service.get("/api/v1/runs").getJsonArray("runs").isEmpty()) {
            assertThat(System.nanoTime()).as("time to record").isLessThan(deadline);
            LockSupport.parkNanos(500_000_000);
        }
    }

    private static List<Process> loads(int port) throws IOException, InterruptedException {
        var queries = Files.writeString(Files.createTempFile("queries", ".sql"), QUERY_MIX);
        var connect = List.of("-h", "127.0.0.1", "-p", String.valueOf(port), "-U", "stapscope");
        var filled = start(with("pgbench", connect, "-i", "-q", "postgres"));
        assertThat(filled.waitFor()).as("pgbench -i").isZero();
        var seconds = String.valueOf(SECONDS + 60);
        var file = Files.createTempFile("written", ".data").toString();
        return List.of(
                start(with(
                        "pgbench",
                        connect,
                        "-n",
                        "-c",
                        "3",
                        "-R",
                        "60",
                        "-T",
                        seconds,
                        "-f",
                        queries.toString(),
                        "postgres")),
                start(List.of(Driver.program("mix").toString(), seconds)),
                start(List.of(
                        "sh",
                        "-c",
                        "while :; do dd if=/dev/zero of=" + file + " bs=64k count=40 oflag=dsync 2>/dev/null; "
                                + "dd if=/dev/zero of=" + file + " bs=64k count=200 2>/dev/null; sleep 2; done")));
    }

    private static List<String> with(String program, List<String> connect, String... arguments) {
        var command = new ArrayList<>(List.of(program));
        command.addAll(connect);
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static byte[] bundle(RunningService service, String id) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/captures/" + id + "/bundle"))
                    .header("Cookie", service.cookie())
                    .build();
            var answer = client.send(request, BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }

    private static void save(String name, byte[] bundle) throws IOException {
        assertThat(bundle.length).as("bytes of " + name).isLessThanOrEqualTo(MOST_BYTES);
        Files.write(BUNDLES.resolve(name + ".zip"), bundle);
        System.out.printf("%s: %d bytes%n", name, bundle.length);
    }
}
