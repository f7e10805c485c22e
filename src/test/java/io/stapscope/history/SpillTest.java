package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database is away: windows wait on disk and come back exactly. */
@Timeout(120)
class SpillTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long LARGE = 1L << 30;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final FakeStore store = new FakeStore();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void everyEntryIsTheSameAfterItWasBytes() throws IOException {
        var made = Captures.random(Captures.start("coded", "probe begin {}", 5), 130, 3, 1);
        var batches = Captures.batches(made.start, made.windows, 50);
        var first = batches.getFirst();
        var more = new Batch(
                first.series(),
                first.minutes(),
                first.wholes(),
                first.known(),
                List.of(new Row.Gap(1, 2, GapReason.NOT_OBSERVED, -1, "late")),
                List.of(new ConsoleBlock(1, 2, "out", 2, "naïve \u0000 line\n")));
        assertSame(new SpillCodec.Entry.Open(made.start));
        assertSame(new SpillCodec.Entry.Rows(made.start.origin(), more));
        assertSame(new SpillCodec.Entry.End(made.start.origin(), made.end(), 7));
    }

    private static void assertSame(SpillCodec.Entry entry) throws IOException {
        assertThat(SpillCodec.decode(SpillCodec.encode(entry)))
                .usingRecursiveComparison()
                .isEqualTo(entry);
    }

    @Test
    void bytesThatMakeNoSenseAreRefusedWhateverTheyAre() {
        var random = new Random(3);
        var made = Captures.random(Captures.start("damaged", "probe begin {}", 5), 30, 3, 1);
        byte[] good = SpillCodec.encode(new SpillCodec.Entry.Rows(
                made.start.origin(),
                Captures.batches(made.start, made.windows, 50).getFirst()));
        for (int i = 0; i < 2_000; i++) {
            var bytes = good.clone();
            for (int flips = 0; flips < 4; flips++) {
                bytes[random.nextInt(Math.min(bytes.length, 400))] = (byte) random.nextInt();
            }
            try {
                SpillCodec.decode(bytes);
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        }
        assertThatThrownBy(() -> SpillCodec.decode(new byte[] {9, 1}))
                .isInstanceOf(IOException.class)
                .hasMessage("a record of version 9");
    }

    /** A day of windows with the database away, in memory for one minute and within the quota. */
    @Test
    void aDayWithoutDatabaseLosesNoWindow() throws Exception {
        var made = Captures.random(Captures.start("day", "probe begin {}", 0), 86_400, 3, 11);
        store.refusals = Integer.MAX_VALUE;
        try (var spill = Spill.open(folder, 256L << 20)) {
            var writer = new CaptureWriter(made.start, store, spill, executor, closed -> {}, Duration.ZERO);
            int mostInMemory = 0;
            for (var window : made.windows) {
                writer.write(window);
                if (window.number() % 60 == 59) {
                    executor.submit(writer::flush).get();
                    mostInMemory = Math.max(mostInMemory, writer.status().pendingMinutes());
                }
            }
            assertThat(mostInMemory).isLessThan(30);
            assertThat(writer.status().spilled()).isGreaterThan(4_000);
            assertThat(writer.status().refused()).isZero();
            assertThat(spill.bytes()).isLessThan(256L << 20);

            store.refusals = 0;
            var closing = writer.close(made.end()).subscribeAsCompletionStage();
            executor.submit(() -> {}).get(); // closing may still have put something on the disk
            var replay = new SpillReplay(spill, store);
            replay.run();
            executor.submit(writer::flush).get();
            assertThat(closing.get().complete()).isTrue();
            assertThat(store.count(0)).isEqualTo(made.count);
            assertThat(store.ended).containsEntry(made.start.id(), 0L);
            assertThat(replay.replayed()).isEqualTo(spill.spilled());
            assertThat(spill.isEmpty()).isTrue();
        }
    }

    /** kill -9 while the database is away: the next process finds all but what was not flushed. */
    @Test
    void whatADeadProcessLeftIsStoredByTheNext() throws Exception {
        var made = Captures.random(Captures.start("killed", "probe begin {}", 0), 150, 3, 12);
        store.refusals = Integer.MAX_VALUE;
        try (var spill = Spill.open(folder, LARGE)) {
            var writer = new CaptureWriter(made.start, store, spill, executor, closed -> {}, Duration.ZERO);
            made.writeTo(writer);
            writer.console(List.of(new ConsoleBlock(1, 0, "out", 1, "one")));
            for (int i = 0; i < 3; i++) {
                executor.submit(writer::flush).get();
            }
        }
        store.refusals = 0;
        try (var spill = Spill.open(folder, LARGE)) {
            var replay = new SpillReplay(spill, store);
            replay.run();
            assertThat(replay.isDone()).isTrue();
            assertThat(replay.replayed()).isEqualTo(spill.spilled());
        }
        assertThat(store.events).startsWith("open");
        assertThat(store.count(0)).isEqualTo(made.count);
        assertThat(store.linesOf(made.start.id())).isEqualTo(1);
    }

    @Test
    void aServiceThatEndsLeavesEverythingToTheNext() throws Exception {
        var made = Captures.random(Captures.start("left", "probe begin {}", 0), 100, 3, 13);
        store.refusals = Integer.MAX_VALUE;
        try (var spill = Spill.open(folder, LARGE)) {
            var writer = new CaptureWriter(made.start, store, spill, executor, closed -> {}, Duration.ofHours(1));
            made.writeTo(writer);
            var closing = writer.close(made.end());
            assertThat(executor.submit(writer::leaveToDisk).get()).isTrue();
            assertThat(closing).isNotNull();
        }
        store.refusals = 0;
        try (var spill = Spill.open(folder, LARGE)) {
            new SpillReplay(spill, store).run();
        }
        assertThat(store.count(0)).isEqualTo(made.count);
        assertThat(store.ended).containsEntry(made.start.id(), 0L);
    }

    /** Its rows and lines would have no capture to belong to. */
    @Test
    void aCaptureWhoseOpeningHasNoRoomLeavesNothingOnDisk() throws Exception {
        var made = Captures.random(Captures.start("unopened", "probe begin {}" + " ".repeat(8_000), 0), 1, 2, 17);
        store.refusals = Integer.MAX_VALUE;
        try (var spill = Spill.open(folder, 8_000)) {
            var writer = new CaptureWriter(made.start, store, spill, executor, closed -> {}, Duration.ofHours(1));
            made.writeTo(writer);
            writer.console(List.of(new ConsoleBlock(1, 0, "out", 1, "one")));
            var closing = writer.close(made.end());
            assertThat(executor.submit(writer::leaveToDisk).get()).isFalse();
            assertThat(closing).isNotNull();
            assertThat(spill.isEmpty()).isTrue();
            assertThat(writer.status().complete()).isFalse();
        }
    }

    /** Lines go first, oldest first; what is lost is counted, and every count is accounted for. */
    @Test
    void aFullDiskCostsLinesAndNeverAggregates() throws Exception {
        var made = Captures.random(Captures.start("full", "probe begin {}", 0), 300, 2, 14);
        store.refusals = Integer.MAX_VALUE;
        try (var spill = Spill.open(folder, 64 << 10)) {
            var writer = new CaptureWriter(made.start, store, spill, executor, closed -> {}, Duration.ZERO);
            int printed = 0;
            for (var window : made.windows) {
                writer.write(window);
                var lines = new ArrayList<ConsoleBlock>();
                for (int i = 0; i < 10; i++) {
                    lines.add(new ConsoleBlock(printed + 1, window.startMillis() + i, "out", 2, "line\nor two"));
                    printed += 2;
                }
                writer.console(lines);
                executor.submit(writer::flush).get();
            }
            assertThat(spill.bytes()).isLessThanOrEqualTo(64 << 10);
            store.refusals = 0;
            var closing = writer.close(made.end()).subscribeAsCompletionStage();
            executor.submit(() -> {}).get(); // closing may still have put something on the disk
            var replay = new SpillReplay(spill, store);
            replay.run();
            executor.submit(writer::flush).get();
            var status = closing.get();

            assertThat(store.count(0)).isEqualTo(made.count);
            assertThat(spill.lost()).isPositive().isEqualTo(status.refused());
            assertThat(store.linesOf(made.start.id()) + spill.lost()).isEqualTo(printed);
            assertThat(store.lostByGaps(made.start.id())).isEqualTo(spill.lost());
            assertThat(store.ended).containsEntry(made.start.id(), spill.lost());
            assertThat(spill.spilled()).isEqualTo(replay.replayed() + spill.droppedLines());
        }
    }

    @Test
    void poisonIsCountedAndBlocksNothing() throws Exception {
        var made = Captures.random(Captures.start("poisoned", "probe begin {}", 0), 100, 3, 15);
        var writer = new CaptureWriter(made.start, store, null, executor, closed -> {});
        made.writeTo(writer);
        var lines = new ArrayList<ConsoleBlock>();
        for (int i = 1; i <= 1_000; i += 20) {
            var block = new ArrayList<String>();
            for (int at = i; at < i + 20; at++) {
                block.add(at % 100 == 7 ? store.poison : "line " + at);
            }
            lines.add(new ConsoleBlock(i, i, "out", 20, String.join("\n", block)));
        }
        writer.console(lines);
        var status = writer.close(made.end()).await().atMost(LIMIT);
        assertThat(status.refused()).isEqualTo(10);
        assertThat(store.linesOf(made.start.id())).isEqualTo(990);
        assertThat(store.count(0)).isEqualTo(made.count);
        assertThat(store.lostByGaps(made.start.id())).isEqualTo(10);
    }

    @Test
    void damageOnDiskIsCountedAndBlocksNothing() throws Exception {
        var made = Captures.random(Captures.start("flipped", "probe begin {}", 0), 600, 3, 16);
        long damaged;
        try (var spill = Spill.open(folder, LARGE)) {
            assertThat(spill.keep(new SpillCodec.Entry.Open(made.start))).isTrue();
            Captures.batches(made.start, made.windows, 5)
                    .forEach(batch -> assertThat(spill.keep(new SpillCodec.Entry.Rows(made.start.origin(), batch)))
                            .isTrue());
            var file = Files.list(folder).findFirst().orElseThrow();
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 0x55;
            Files.write(file, bytes);
            var replay = new SpillReplay(spill, store);
            replay.run();
            damaged = replay.corrupt();
            assertThat(spill.spilled()).isEqualTo(replay.replayed() + damaged);
        }
        assertThat(damaged).isPositive();
        assertThat(store.events.stream().filter(event -> event.startsWith("corrupt")))
                .hasSize(1);
        assertThat(folder.resolve("damaged")).exists();
    }
}
