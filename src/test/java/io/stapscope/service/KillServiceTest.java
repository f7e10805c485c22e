package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.tracer.Driver;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing stays attached, however the service or its watcher ends. */
@Tag("kernel")
@Timeout(180)
class KillServiceTest {
    private static final Path CALLS = Driver.program("calls");
    private static final String COUNT_CALLS = """
            global n
            probe process("CALLS").syscall { if ($syscall == 110) n[pid()] <<< 1 }
            """.replace("CALLS", CALLS.toString());
    private static final List<String> EVENTS =
            List.of("begin", "end", "thread.begin", "thread.end", "syscall", "syscall.return");

    @Test
    void aKilledServiceLeavesNoneOfAHundredProbesAndTheNextOneTraces() {
        var state = RunningService.newStateDirectory();
        long n = 30_000_000;
        try (var driver = Driver.start(CALLS, String.valueOf(n), "2", "hold")) {
            driver.line();
            var service = RunningService.start(state).login();
            var id = service.run(new JsonObject().put("script", hundredProbes()));
            var programs = KernelPrograms.of(service.pid());
            assertThat(programs).isNotEmpty();
            assertThat(KernelPrograms.all()).containsAll(programs);
            driver.proceed();
            await("a hit", () -> hits(service, id) > 0);
            assertThat(driver.isAlive()).isTrue();
            service.kill();
            KernelPrograms.assertGoneWithinASecond(programs);
            assertThat(driver.isAlive()).as("driver outlives the service").isTrue();
            assertThat(driver.line())
                    .isEqualTo("{\"pid\": " + driver.pid() + ", \"getppid\": " + n + ", \"threads\": 2}");
            assertThat(driver.awaitEnd()).isZero();
        }
        try (var service = RunningService.start(state).login()) {
            assertThat(count(service, 1000)).isEqualTo(1000);
        }
    }

    @Test
    void anInterruptedServiceLeavesNothingAndKeepsItsCapture() throws IOException {
        var state = RunningService.newStateDirectory();
        String id;
        try (var driver = Driver.start(CALLS, "1000", "2", "hold")) {
            driver.line();
            var service = RunningService.start(state).login();
            long postmaster = postmaster(state);
            assertThat(Files.exists(Path.of("/proc/" + postmaster))).isTrue();
            id = service.run(new JsonObject().put("script", COUNT_CALLS));
            var programs = KernelPrograms.of(service.pid());
            assertThat(programs).isNotEmpty();
            driver.proceed();
            assertThat(driver.awaitEnd()).isZero();
            assertThat(service.interrupt()).isIn(0, 130);
            KernelPrograms.assertGoneWithinASecond(programs);
            // Its last word is the removal of its file; the kernel needs a moment more.
            await("the end of PostgreSQL", () -> !Files.exists(Path.of("/proc/" + postmaster)));
        }
        try (var service = RunningService.start(state).login()) {
            var capture = service.get("/api/v1/captures/" + id);
            assertThat(capture.getString("state")).isEqualTo("stopped");
            assertThat(capture.getJsonArray("totals").getJsonObject(0).getLong("count"))
                    .isEqualTo(1000);
        }
    }

    @Test
    void aRunEndsWhenItsTabIsClosedForTheLengthOfTheLease() throws InterruptedException {
        try (var service = RunningService.start(RunningService.newStateDirectory(), Map.of("STAPSCOPE_LEASE", "1s"))
                .login()) {
            var id = service.run(new JsonObject().put("script", COUNT_CALLS).put("intervalMillis", 100));
            var programs = KernelPrograms.of(service.pid());
            // Watched for three seconds it goes on.
            var watched = new Watcher(30);
            var socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Cookie", service.cookie())
                    .header("Origin", service.address())
                    .subprotocols("stapscope.v1")
                    .buildAsync(
                            URI.create(service.address().replace("http", "ws") + "/api/v1/runs/" + id + "/stream"),
                            watched)
                    .join();
            socket.sendText("{\"type\":\"hello\",\"resume\":null,\"facet\":\"pid\"}", true)
                    .join();
            assertThat(watched.reports.await(30, TimeUnit.SECONDS))
                    .as("thirty reports while watched")
                    .isTrue();
            assertThat(service.get("/api/v1/runs/" + id).getString("state")).isEqualTo("running");
            socket.abort();
            await(
                    "the end of the lease",
                    () -> service.get("/api/v1/runs/" + id).getString("state").equals("stopped"));
            assertThat(service.get("/api/v1/runs/" + id).getString("stopReason"))
                    .isEqualTo("nobody watched for 1 s");
            KernelPrograms.assertGoneWithinASecond(programs);
        }
    }

    /** Reads the stream as a page does, and counts its reports of losses, one for each interval. */
    private static final class Watcher implements WebSocket.Listener {
        private static final int HEADER = 8;
        private static final int SEQUENCE = 4;
        private static final byte SNAPSHOT = 2;
        private static final byte DELTA = 3;
        private static final byte STATS = 5;
        private static final byte COALESCED = 8;

        private final CountDownLatch reports;
        private boolean begins = true;

        Watcher(int wanted) {
            reports = new CountDownLatch(wanted);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            if (begins && data.remaining() >= HEADER) {
                byte type = data.get(data.position());
                if (type == STATS) {
                    reports.countDown();
                } else if (type == SNAPSHOT || type == DELTA || type == COALESCED) {
                    long seq = Integer.toUnsignedLong(
                            data.order(ByteOrder.LITTLE_ENDIAN).getInt(data.position() + SEQUENCE));
                    socket.sendText("{\"type\":\"ack\",\"seq\":" + seq + "}", true);
                }
            }
            begins = last;
            socket.request(1);
            return null;
        }
    }

    /** Every event of many programs, a handler each. */
    private static String hundredProbes() {
        var script = new StringBuilder("global n\n");
        var programs = new ArrayList<>(List.of(CALLS));
        programs.addAll(systemPrograms());
        int probes = 0;
        for (var program : programs) {
            for (var event : EVENTS) {
                if (probes < 100) {
                    script.append("probe process(\"%s\").%s { n[%d] <<< pid() }\n".formatted(program, event, probes++));
                }
            }
        }
        assertThat(probes).isEqualTo(100);
        return script.toString();
    }

    private static List<Path> systemPrograms() {
        try (var files = Files.list(Path.of("/usr/bin"))) {
            return files.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> file.getFileName().toString().matches("[a-z0-9]+") && isElf(file))
                    .sorted()
                    .limit(16)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isElf(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.read() == 0x7f && in.read() == 'E';
        } catch (IOException e) {
            return false;
        }
    }

    private static long count(RunningService service, long n) {
        try (var driver = Driver.start(CALLS, String.valueOf(n), "2", "hold")) {
            driver.line();
            var id = service.run(new JsonObject().put("script", COUNT_CALLS));
            driver.proceed();
            assertThat(driver.awaitEnd()).isZero();
            return service.stopAndFind(id)
                    .getJsonArray("totals")
                    .getJsonObject(0)
                    .getLong("count");
        }
    }

    private static long hits(RunningService service, String id) {
        return service.get("/api/v1/runs/" + id).getJsonObject("losses").getLong("hits");
    }

    private static long postmaster(Path state) throws IOException {
        return Long.parseLong(Files.readAllLines(state.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time to wait for " + what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
