package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CaptureWriterTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final FakeStore store = new FakeStore();
    private final Captures made = Captures.random(Captures.start("made", "probe begin {}", 0), 200, 3, 4);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void losesNothingWhenTheStoreIsAwayForAWhile() {
        store.refusals = 3;
        var writer = new CaptureWriter(made.start, store, null, executor, closed -> {});
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
        var writer = new CaptureWriter(made.start, store, null, executor, closed -> {});
        made.writeTo(writer);

        assertThat(writer.close(made.end()).await().atMost(LIMIT).complete()).isTrue();
        assertThat(store.count(0)).isEqualTo(made.count);
    }

    @Test
    void tellsHowFarTheStoreIsBehind() {
        store.refusals = Integer.MAX_VALUE;
        var writer = new CaptureWriter(made.start, store, null, executor, closed -> {});
        made.writeTo(writer);
        writer.console(List.of(new ConsoleBlock(1, 0, "out", 1, "one")));
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
        var writer = new CaptureWriter(made.start, store, null, executor, closed::add);
        writer.close(made.end()).await().atMost(LIMIT);
        assertThat(closed).containsExactly(writer);
    }
}
