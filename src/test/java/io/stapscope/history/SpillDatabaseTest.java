package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class SpillDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long NOON = 1_800_000_000_123L;
    private static final long LARGE = 1L << 30;

    @Inject
    History history;

    @Inject
    CaptureStore captureStore;

    @Inject
    Pool pool;

    @TempDir
    Path folder;

    @Test
    void aSpillReplayedTwiceAndShuffledIsStoredOnce() throws Exception {
        var made = Captures.random(Captures.start("spilled", "probe begin {}", NOON), 200, 4, 1);
        var entries = new ArrayList<SpillCodec.Entry>();
        Captures.batches(made.start, made.windows, 7)
                .forEach(batch -> entries.add(new SpillCodec.Entry.Rows(made.start.origin(), batch)));
        entries.add(rows(made, Batch.ofGaps(List.of(new Row.Gap(5, 9, GapReason.SPILL_FULL, 3, "")))));
        entries.add(rows(made, Batch.ofLines(List.of(new ConsoleBlock(1, NOON, "out", 1, "one")))));
        entries.add(new SpillCodec.Entry.End(made.start.origin(), made.end(), 3));
        var opening = new ArrayList<SpillCodec.Entry>();
        opening.add(new SpillCodec.Entry.Open(made.start));
        opening.add(rows(made, new Batch(series(made), List.of(), List.of(), List.of(), List.of(), List.of())));

        replay(folder.resolve("once"), opening, entries);
        var once = Fingerprint.of(pool, made.start.id());

        var twice = new ArrayList<>(entries);
        twice.addAll(entries);
        Collections.shuffle(twice, new Random(2));
        replay(folder.resolve("twice"), opening, twice);
        assertThat(Fingerprint.of(pool, made.start.id())).isEqualTo(once);

        captureStore.delete(made.start.id()).await().atMost(LIMIT);
        replay(folder.resolve("shuffled"), opening, twice);
        assertThat(Fingerprint.of(pool, made.start.id())).isEqualTo(once);
        assertThat(number(
                        "select sum(m.n)::bigint from h_min m join series s on s.id = m.series_id "
                                + "where s.capture_id = $1 and s.agg = 0 and s.number = 0",
                        made))
                .isEqualTo(made.count);
    }

    private static SpillCodec.Entry rows(Captures made, Batch batch) {
        return new SpillCodec.Entry.Rows(made.start.origin(), batch);
    }

    private static List<WindowRecord.Series> series(Captures made) {
        return made.windows.stream().flatMap(window -> window.opened().stream()).toList();
    }

    private void replay(Path into, List<SpillCodec.Entry> first, List<SpillCodec.Entry> then) throws Exception {
        try (var spill = Spill.open(into, LARGE)) {
            first.forEach(entry -> assertThat(spill.keep(entry)).isTrue());
            then.forEach(entry -> assertThat(spill.keep(entry)).isTrue());
            var replay = new SpillReplay(spill, captureStore);
            replay.run();
            assertThat(replay.isDone()).isTrue();
            assertThat(replay.replayed()).isEqualTo(spill.spilled());
            assertThat(replay.refused()).isZero();
        }
    }

    @Test
    void rowsOfADeletedCaptureGoNowhere() {
        var made = Captures.random(Captures.start("deleted", "probe begin {}", NOON), 100, 2, 3);
        var writer = history.open(made.start);
        made.windows.subList(0, 50).forEach(writer::write);
        writer.state(CaptureState.RUNNING);
        while (number("select count(*) from capture where id = $1 and state = 'running'", made) == 0) {
            Thread.onSpinWait();
        }
        assertThat(captureStore.delete(made.start.id()).await().atMost(LIMIT)).isTrue();
        made.windows.subList(50, 100).forEach(writer::write);
        assertThat(writer.close(made.end()).await().atMost(LIMIT).refused()).isZero();
        assertThat(number("select count(*) from capture_minute where capture_id = $1", made))
                .isZero();
    }

    @Test
    void aCaptureOfADeadServiceEndsWithItsLastSecondAndAGap() {
        var alive = Captures.random(Captures.start("alive", "probe begin {}", NOON), 70, 2, 4);
        var dead = Captures.random(
                Captures.ofIncarnation("another-boot/1/1", Captures.start("dead", "probe begin {}", NOON)), 70, 2, 4);
        for (var made : List.of(alive, dead)) {
            captureStore.open(made.start).await().atMost(LIMIT);
            Captures.batches(made.start, made.windows, 100).forEach(batch -> captureStore
                    .write(made.start.origin(), batch)
                    .await()
                    .atMost(LIMIT));
            captureStore.state(made.start, CaptureState.RUNNING).await().atMost(LIMIT);
        }
        assertThat(captureStore.endInterrupted("made-up-host").await().atMost(LIMIT))
                .isEqualTo(1);
        assertThat(number("select count(*) from gap where capture_id = $1", alive))
                .isZero();
        assertThat(number(
                        "select count(*) from gap g join capture c on c.id = g.capture_id where c.id = $1 "
                                + "and c.state = 'failed' and g.reason = 'service_ended' and g.from_at = c.stopped_at "
                                + "and c.stopped_at = c.started_at + interval '70 s'",
                        dead))
                .isEqualTo(1);
        captureStore.end(alive.start.origin(), alive.end(), 0).await().atMost(LIMIT);
    }

    private long number(String sql, Captures made) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(made.start.id()))
                .await()
                .atMost(LIMIT)
                .iterator()
                .next()
                .getLong(0);
    }
}
