package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CaptureWriterTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final FickleStore store = new FickleStore();
    private final Captures made = Captures.random(Captures.start("made", "probe begin {}", 0), 200, 3, 4);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void losesNothingWhenTheStoreIsAwayForAWhile() {
        store.refusals = 3;
        var writer = new CaptureWriter(made.start, store, executor, closed -> {});
        made.writeTo(writer);
        executor.execute(writer::flush);
        var status = writer.close(made.end()).await().atMost(LIMIT);

        assertThat(status.complete()).isTrue();
        assertThat(status.lastError()).isNull();
        assertThat(store.count(0)).isEqualTo(made.count);
        assertThat(store.events).startsWith("open").endsWith("end");
    }

    @Test
    void writesABatchAgainWhoseAnswerWasLost() {
        store.lostAnswers = 2;
        var writer = new CaptureWriter(made.start, store, executor, closed -> {});
        made.writeTo(writer);

        assertThat(writer.close(made.end()).await().atMost(LIMIT).complete()).isTrue();
        assertThat(store.count(0)).isEqualTo(made.count);
    }

    @Test
    void tellsHowFarTheStoreIsBehind() {
        store.refusals = Integer.MAX_VALUE;
        var writer = new CaptureWriter(made.start, store, executor, closed -> {});
        made.writeTo(writer);
        writer.console(List.of(new ConsoleLine(1, 0, "out", "one")));
        executor.execute(writer::flush);
        while (writer.status().lastError() == null) {
            Uni.createFrom().voidItem().emitOn(executor).await().atMost(LIMIT);
        }

        assertThat(writer.status().pendingMinutes()).isGreaterThan(3);
        assertThat(writer.status().pendingLines()).isEqualTo(1);
        assertThat(writer.status().lastError()).contains("away");
    }

    @Test
    void forgetsTheCaptureWhenItIsClosed() {
        var closed = new ArrayList<CaptureWriter>();
        var writer = new CaptureWriter(made.start, store, executor, closed::add);
        writer.close(made.end()).await().atMost(LIMIT);
        assertThat(closed).containsExactly(writer);
    }

    /** Keeps rows as the database does, refuses the first operations, or does them and says it did not. */
    private static final class FickleStore implements CaptureWriter.Store {
        final List<String> events = new ArrayList<>();
        final Map<List<Object>, Row.Minute> minutes = new HashMap<>();
        int refusals;
        int lostAnswers;

        long count(int number) {
            return minutes.values().stream()
                    .filter(row -> row.series().equals(new SeriesKey(0, number)))
                    .mapToLong(Row.Minute::n)
                    .sum();
        }

        @Override
        public Uni<Void> open(CaptureStart start) {
            return answer("open");
        }

        @Override
        public Uni<Void> write(CaptureStart start, Backlog.Batch batch) {
            if (refusals == 0) {
                for (var row : batch.minutes()) {
                    minutes.merge(
                            List.of(row.series(), row.minute()),
                            row,
                            (old, late) -> late.seq() > old.seq() ? late : old);
                }
            }
            return answer("write");
        }

        @Override
        public Uni<Void> state(CaptureStart start, CaptureState state) {
            return answer("state");
        }

        @Override
        public Uni<Void> end(CaptureStart start, CaptureEnd end, long refused) {
            return answer("end");
        }

        private Uni<Void> answer(String event) {
            if (refusals > 0) {
                refusals--;
                return Uni.createFrom().failure(new IllegalStateException("away"));
            }
            events.add(event);
            if (lostAnswers > 0) {
                lostAnswers--;
                return Uni.createFrom().failure(new IllegalStateException("connection cut"));
            }
            return Uni.createFrom().voidItem();
        }
    }
}
