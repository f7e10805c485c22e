package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is stored is what was counted, whatever happens to the database and to whoever writes. */
@Timeout(600)
class FaultsDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long NOON = 1_800_000_000_123L;
    private static final int CUTS = Integer.getInteger("faults.cuts", 60);
    private static final int KILLS = Integer.getInteger("faults.kills", 5);
    private static Path state;
    private static FaultStand stand;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        // Not the test's own folder: as root the server runs as somebody who may not look into it.
        state = Path.of(
                System.getProperty("java.io.tmpdir"),
                "stapscope-faults-"
                        + Integer.toHexString(Path.of("").toAbsolutePath().hashCode()));
        stand = new FaultStand(state);
    }

    @AfterAll
    static void end() {
        stand.close();
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void theDatabaseIsStoppedImmediatelyThreeTimesInARun() throws Exception {
        var made = Captures.random(Captures.start("stopped", "probe begin {}", NOON), 1_200, 20, 1);
        var store = stand.connect(stand.port());
        try (var spill = Spill.open(folder, 1L << 30)) {
            var replay = new SpillReplay(spill, store);
            var writer = new CaptureWriter(made.start, store, spill, executor, closed -> {}, Duration.ofMillis(200));
            var flushing = executor.scheduleWithFixedDelay(writer::flush, 20, 20, TimeUnit.MILLISECONDS);
            for (var window : made.windows) {
                writer.write(window);
                if (window.number() % 400 == 100) {
                    await(() -> writer.status().pendingMinutes() == 0);
                    stand.stopImmediately();
                } else if (window.number() % 400 == 350) {
                    await(() -> writer.status().spilled() > 0);
                    stand.startAgain();
                    await(() -> writer.status().lastError() == null);
                    replay.run();
                }
            }
            var status = writer.close(made.end()).await().atMost(LIMIT);
            flushing.cancel(false);
            assertThat(status.complete()).isTrue();
            assertThat(replay.replayed()).isPositive().isEqualTo(spill.spilled());
        }
        store.assertExact(made);
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Nobody knows whether a commit was done whose answer did not come. */
    @Test
    void connectionsAreCutAfterSomeBytesOfTheAnswers() throws Exception {
        var made = Captures.random(Captures.start("cut", "probe begin {}", NOON), 600, 20, 2);
        try (var proxy = new CuttingProxy(stand.port(), CUTS, 3)) {
            var store = stand.connect(proxy.port());
            retry(() -> store.open(made.start).await().atMost(LIMIT));
            var batches = Captures.batches(made.start, made.windows, 5);
            while (proxy.cuts() < CUTS) {
                for (var batch : batches) {
                    retry(() -> store.write(made.start.origin(), batch).await().atMost(LIMIT));
                }
            }
            assertThat(proxy.cuts()).isGreaterThanOrEqualTo(CUTS);
        }
        stand.connect(stand.port()).assertExact(made);
    }

    private static void retry(Runnable operation) {
        for (int attempt = 0; ; attempt++) {
            try {
                operation.run();
                return;
            } catch (RuntimeException e) {
                assertThat(attempt).as("attempts: %s", e).isLessThan(10_000);
            }
        }
    }

    /** Each writer gets kill -9 at a random moment; what it stored must be exactly what it says it stored. */
    @Test
    void writersAreKilledAtRandomMoments() throws Exception {
        var random = new Random(4);
        var store = stand.connect(stand.port());
        for (int kill = 0; kill < KILLS; kill++) {
            var spilled = Files.createDirectories(folder.resolve("spill" + kill));
            var writer = KilledWriter.start(stand, kill, spilled);
            assertThat(writer.inputReader().readLine()).isEqualTo("writes");
            long until = System.nanoTime() + random.nextInt(700) * 1_000_000L;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            writer.destroyForcibly().onExit().join();
            try (var spill = Spill.open(spilled, 1L << 30)) {
                new SpillReplay(spill, store).run();
            }
            KilledWriter.assertExactAsFarAsKnown(store, kill);
        }
    }
}
