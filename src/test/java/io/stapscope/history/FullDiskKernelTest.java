package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.history.spill.SpillFullException;
import io.stapscope.history.spill.SpillLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder of what waits is a disk of 64 KiB that is really full: writes are short, and then refused. */
@Timeout(120)
class FullDiskKernelTest {
    private static final long LARGE = 1L << 30;
    private static final UUID SUBJECT = new UUID(1, 2);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final FakeStore store = new FakeStore();

    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=64k", "stapscope-test", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        executor.shutdownNow();
        run("umount", disk.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
    }

    /** Twice, in one process: what is gone is counted, and when there is room again everything works as before. */
    @Test
    void costsLinesAndNeverAggregatesAndNeedsNoRestart() throws Exception {
        try (var spill = Spill.open(disk, LARGE)) {
            var replay = new SpillReplay(spill, store);
            for (int round = 0; round < 2; round++) {
                var made = Captures.random(Captures.start("full disk", "probe begin {}", 0), 1_200, 20, 14 + round);
                store.refusals = Integer.MAX_VALUE;
                var writer = new CaptureWriter(made.start, store, spill, executor, closed -> {}, Duration.ZERO);
                long printed = 0;
                long leastRoom = Long.MAX_VALUE;
                for (var window : made.windows) {
                    writer.write(window);
                    var text = "line of a script ".repeat(10);
                    writer.console(List.of(new ConsoleBlock(printed + 1, window.startMillis(), "out", 1, text)));
                    printed++;
                    executor.submit(writer::flush).get();
                    leastRoom = Math.min(leastRoom, Files.getFileStore(disk).getUsableSpace());
                }
                assertThat(leastRoom).isZero();
                assertThat(spill.waiting(made.start.id())).isPositive();
                assertThat(writer.status().pendingMinutes())
                        .as("found no room and stays in memory")
                        .isGreaterThan(200);

                store.refusals = 0;
                var closing = writer.close(made.end()).subscribeAsCompletionStage();
                executor.submit(() -> {}).get(); // closing may still have put something on the disk
                replay.run();
                executor.submit(writer::flush).get();
                assertThat(closing.get().complete()).isFalse();
                assertThat(replay.corrupt()).isZero();
                assertThat(replay.isDone()).isTrue();
                assertThat(store.count(0)).as("I8, round %d", round).isEqualTo(made.count);
                long lost = closing.get().refused();
                assertThat(lost).isPositive();
                assertThat(store.linesOf(made.start.id()) + lost).as("I5").isEqualTo(printed);
                assertThat(store.lostByGaps(made.start.id())).isEqualTo(lost);
                assertThat(store.ended).containsEntry(made.start.id(), lost);
                assertThat(spill.spilled()).as("I6").isEqualTo(replay.replayed() + spill.droppedLines());
                assertThat(spill.isEmpty()).isTrue();
                store.minutes.clear();
            }
        }
        try (var left = Files.list(disk)) {
            assertThat(left).as("nothing takes room any more").isEmpty();
        }
    }

    /** The part of a record that found room is taken back at once; later ones follow whole ones. */
    @Test
    void aShortWriteLeavesNoDamage() throws Exception {
        var random = new Random(5);
        var kept = new ArrayList<byte[]>();
        var filler = disk.resolve("filler");
        try (var log = SpillLog.open(disk, "rows", LARGE)) {
            for (int round = 0; round < 4; round++) {
                Files.write(filler, new byte[40 << 10]);
                int refusals = 0;
                while (refusals < 3) {
                    var payload = new byte[3_000 + random.nextInt(3_000)];
                    random.nextBytes(payload);
                    try {
                        log.append(SUBJECT, 1, payload);
                        kept.add(payload);
                    } catch (SpillFullException e) {
                        assertThat(e).hasMessageContaining("No space left on device");
                        refusals++;
                    }
                }
                Files.delete(filler);
                log.append(SUBJECT, 1, new byte[] {(byte) round});
                kept.add(new byte[] {(byte) round});
            }
            assertHolds(log, kept);
        }
        try (var again = SpillLog.open(disk, "rows", LARGE)) {
            assertHolds(again, kept);
        }
    }

    /** Who wrote it died before it could take the part back. */
    @Test
    void aTornTailIsCutWhenTheLogIsOpenedAgain() throws Exception {
        var first = new byte[5_000];
        Arrays.fill(first, (byte) 7);
        try (var log = SpillLog.open(disk, "rows", LARGE)) {
            log.append(SUBJECT, 1, first);
        }
        Path file;
        try (var files = Files.list(disk)) {
            file = files.findFirst().orElseThrow();
        }
        long whole = Files.size(file);
        var second = ByteBuffer.wrap(Files.readAllBytes(file));
        second.position(8); // behind the mark of a segment: the record alone
        Files.write(disk.resolve("filler"), new byte[56 << 10]);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            int all = second.remaining();
            assertThat(channel.write(second)).as("a short write").isPositive().isLessThan(all);
            assertThatThrownBy(() -> channel.write(second)).hasMessageContaining("No space left on device");
        }
        assertThat(Files.size(file)).isGreaterThan(whole);

        try (var log = SpillLog.open(disk, "rows", LARGE)) {
            assertThat(Files.size(file)).isEqualTo(whole);
            assertHolds(log, List.of(first));
            assertThatThrownBy(() -> log.append(SUBJECT, 1, first)).isInstanceOf(SpillFullException.class);
            Files.delete(disk.resolve("filler"));
            log.append(SUBJECT, 1, new byte[] {3});
            assertHolds(log, List.of(first));
            log.dropOldest();
            assertHolds(log, List.of(new byte[] {3}));
        }
    }

    private static void assertHolds(SpillLog log, List<byte[]> expected) throws IOException {
        var oldest = log.oldest();
        assertThat(oldest).isNotNull();
        assertThat(oldest.damaged()).isZero();
        assertThat(oldest.records()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(oldest.records().get(i).payload()).isEqualTo(expected.get(i));
        }
    }
}
