package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class AccountDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long NOON = 1_800_000_000_123L;
    private static final LossRecord CLEAN = new LossRecord(
            90,
            1,
            10,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            5,
            100,
            80,
            100,
            70,
            70,
            0,
            40,
            40,
            0,
            2,
            new LossRecord.Frames(7, 7, 0),
            List.of());

    @Inject
    History history;

    @Inject
    Accounting accounting;

    @Inject
    AccountStore accountStore;

    @Inject
    Pool pool;

    private static final LossRecord LOSSY = new LossRecord(
            90,
            1,
            10,
            4,
            0,
            0,
            0,
            0,
            0,
            0,
            5,
            100,
            80,
            100,
            70,
            70,
            0,
            44,
            40,
            0,
            2,
            LossRecord.Frames.NONE,
            List.of());

    @Test
    void onlyACaptureWithoutLossOrGapIsComplete() {
        var clean = stored("clean", CLEAN, Function.identity());
        assertThat(account(clean).complete()).isTrue();
        assertThat(account(clean).inexact()).isEmpty();
        assertThat(account(clean).gaps()).isEmpty();
        assertThat(account(clean).losses()).isEqualTo(CLEAN);

        var lossy = stored("lossy", LOSSY, Function.identity());
        assertThat(account(lossy).complete()).isFalse();
        assertThat(account(lossy).inexact()).containsExactly("lost_events=4");
    }

    /** A reader that stood still for five seconds: the counts of this time are there, but not when they were. */
    @Test
    void aReaderThatStoodStillLeavesAGapAndExactCounts() {
        var made = stored(
                "frozen",
                CLEAN,
                window -> window.number() == 30
                        ? with(window, window.startMillis(), 6_000)
                        : window.number() > 30 ? with(window, window.startMillis() + 5_000, 1_000) : window);
        assertThat(account(made).complete()).isFalse();
        assertThat(account(made).inexact()).containsExactly("gap_not_observed=0");
        assertThat(account(made).gaps())
                .extracting(gap -> gap.toMillis() - gap.fromMillis(), Accounting.Gap::reason, Accounting.Gap::lost)
                .containsExactly(tuple(6_000L, GapReason.NOT_OBSERVED, 0L));
        assertThat(total(made)).isEqualTo(made.count);
    }

    @Test
    void timeWithoutAWindowIsAGapOfUnknownSize() {
        var made = stored(
                "hole",
                CLEAN,
                window -> window.number() > 30 ? with(window, window.startMillis() + 7_000, 1_000) : window);
        assertThat(account(made).inexact()).containsExactly("gap_not_observed=?");
        assertThat(account(made).gaps()).hasSize(1);
    }

    @Test
    void minutesThatDoNotAddUpAreNoticed() {
        var made = stored("tampered", CLEAN, Function.identity());
        pool.preparedQuery("update h_min set n = n - 3 where ts = (select started_at from capture where id = $1) "
                        + "and series_id = (select id from series where capture_id = $1 and agg = 0 and number = 0)")
                .execute(Tuple.of(made.start.id()))
                .await()
                .atMost(LIMIT);
        accountStore.judge(made.start.id(), CLEAN, 0).await().atMost(LIMIT);
        assertThat(account(made).complete()).isFalse();
        assertThat(account(made).inexact()).containsExactly("balance_windows_latency=3");
    }

    private Captures stored(String name, LossRecord losses, Function<WindowRecord, WindowRecord> change) {
        var made = Captures.random(Captures.start(name, "probe begin {}", NOON), 100, 2, 8);
        var writer = history.open(made.start);
        made.windows.stream().map(window -> with(change.apply(window), losses)).forEach(writer::write);
        writer.console(List.of(new ConsoleBlock(1, NOON, "out", 2, "one\ntwo")));
        var end = made.end();
        assertThat(writer.close(new CaptureEnd(end.state(), end.reason(), end.stoppedAtMillis(), losses))
                        .await()
                        .atMost(LIMIT)
                        .complete())
                .isTrue();
        return made;
    }

    private static WindowRecord with(WindowRecord window, long start, long length) {
        return new WindowRecord(window.number(), start, length, window.opened(), window.deltas(), window.losses());
    }

    private static WindowRecord with(WindowRecord window, LossRecord losses) {
        return new WindowRecord(
                window.number(), window.startMillis(), window.lengthMillis(), window.opened(), window.deltas(), losses);
    }

    private Accounting.Account account(Captures made) {
        return accounting.of(made.start.id()).await().atMost(LIMIT);
    }

    private long total(Captures made) {
        return pool.preparedQuery("select sum(m.n)::bigint from h_min m join series s on s.id = m.series_id "
                        + "where s.capture_id = $1 and s.agg = 0 and s.number = 0")
                .execute(Tuple.of(made.start.id()))
                .await()
                .atMost(LIMIT)
                .iterator()
                .next()
                .getLong(0);
    }
}
