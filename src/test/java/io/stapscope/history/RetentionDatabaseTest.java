package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a year of its own, so that nothing of other tests is old. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class RetentionDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final OffsetDateTime BEGIN = OffsetDateTime.parse("2001-03-05T12:00:00Z");
    private static final String HERE = "h.ts < '2001-12-31 00:00+00'";

    @Inject
    Retention retention;

    @Inject
    Expiry expiry;

    @Inject
    Housekeeping housekeeping;

    @Inject
    CaptureStore captureStore;

    @Inject
    Pool pool;

    @AfterEach
    void forget() {
        retention.forget("miser").await().atMost(LIMIT);
        retention
                .change(new RetentionPolicy("", 3, 30, 396, 7, 20L << 30))
                .await()
                .atMost(LIMIT);
    }

    @Test
    void eachLevelGoesWhenItsTimeIsOverAndTheCaptureSaysSo() {
        var made = stored("everybody's", "somebody");
        expiry.enforce(BEGIN.plusDays(2));
        assertThat(rows(made, "h_1s")).isPositive();

        expiry.enforce(BEGIN.plusDays(5));
        assertThat(rows(made, "h_1s")).isZero();
        assertThat(rows(made, "h_min")).isPositive();
        assertThat(number("select count(*) from console where capture_id = $1", made))
                .isEqualTo(2);
        assertThat(number("select count(*) from capture where id = $1 and seconds_from is not null", made))
                .isEqualTo(1);
        assertThat(number("select count(*) from pg_class where relname = 'h_1s_20010305'"))
                .isZero();

        expiry.enforce(BEGIN.plusDays(40));
        assertThat(rows(made, "h_min")).isZero();
        assertThat(rows(made, "h_hour")).isPositive();
        assertThat(number("select count(*) from console where capture_id = $1", made))
                .isZero();

        expiry.enforce(BEGIN.plusDays(500));
        assertThat(rows(made, "h_hour")).isZero();
        assertThat(number("select count(*) from capture where id = $1", made)).isZero();
    }

    @Test
    void anOwnerMayKeepLessThanOthers() {
        var others = stored("others'", "somebody");
        var own = stored("own", "miser");
        retention
                .change(new RetentionPolicy("miser", 1, 2, 400, 1, 1L << 30))
                .await()
                .atMost(LIMIT);
        expiry.enforce(BEGIN.plusDays(2).plusHours(12));
        assertThat(rows(others, "h_1s")).isPositive();
        assertThat(rows(own, "h_1s")).isZero();
        assertThat(rows(own, "h_min")).isZero();
        assertThat(rows(own, "h_hour")).isPositive();
        assertThat(number("select count(*) from console where capture_id = $1", others))
                .isEqualTo(2);
        assertThat(number("select count(*) from console where capture_id = $1", own))
                .isZero();
        captureStore.delete(others.start.id()).await().atMost(LIMIT);
        captureStore.delete(own.start.id()).await().atMost(LIMIT);
    }

    @Test
    void aQuotaTakesLinesThenSecondsThenMinutesOldestFirst() {
        var captures = new ArrayList<Captures>();
        for (int i = 0; i < 3; i++) {
            captures.add(stored("quota", "miser"));
        }
        var before = retention.usage("miser").await().atMost(LIMIT);
        assertThat(before.bytes()).isGreaterThan(1L << 20);
        assertThat(before.lineBytes()).isPositive();

        long quota = before.bytes() - before.lineBytes() - before.secondBytes() / 2;
        retention
                .change(new RetentionPolicy("miser", 300, 300, 400, 300, quota))
                .await()
                .atMost(LIMIT);
        expiry.enforce(BEGIN.plusDays(2));
        var after = retention.usage("miser").await().atMost(LIMIT);
        assertThat(after.bytes()).isBetween(quota / 2, quota);
        assertThat(after.lineBytes()).isZero();
        assertThat(after.secondBytes()).isBetween(1L, before.secondBytes() - 1);
        assertThat(after.minuteBytes()).isEqualTo(before.minuteBytes());
        for (var made : captures) {
            assertThat(rows(made, "h_hour")).isPositive();
            captureStore.delete(made.start.id()).await().atMost(LIMIT);
        }
        assertThat(retention.usage("miser").await().atMost(LIMIT).bytes()).isZero();
    }

    @Test
    void deletingACaptureLeavesNothingOfIt() {
        var made = stored("deleted", "somebody");
        assertThat(captureStore.delete(made.start.id()).await().atMost(LIMIT)).isTrue();
        for (var table : List.of("h_1s", "h_min", "h_hour", "h_day")) {
            assertThat(number("select count(*) from " + table + " h where " + HERE))
                    .isZero();
        }
    }

    @Test
    void policiesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new RetentionPolicy("", 31, 30, 396, 7, 1L << 30))
                .hasMessage(
                        "coarser rows are kept at least as long as finer ones: secondDays <= minuteDays <= hourDays");
        assertThatThrownBy(() -> new RetentionPolicy("", 0, 30, 396, 7, 1L << 30))
                .hasMessage("secondDays is 0, allowed are 1 to 3660");
        assertThatThrownBy(() -> new RetentionPolicy("", 3, 30, 396, 7, 7))
                .hasMessage("quotaBytes is 7, the least is 1048576");
    }

    /** Two hours of a window every 20 s, added up. */
    private Captures stored(String name, String owner) {
        var owned = Captures.ofOwner(
                owner, Captures.start(name, "probe begin {}", BEGIN.toInstant().toEpochMilli()));
        var made = Captures.random(owned, 6_000, 40, name.hashCode());
        captureStore.open(owned).await().atMost(LIMIT);
        Captures.batches(owned, made.windows, 600)
                .forEach(batch ->
                        captureStore.write(owned.origin(), batch).await().atMost(LIMIT));
        captureStore
                .write(
                        owned.origin(),
                        Batch.ofLines(List.of(
                                new ConsoleBlock(1, owned.startedAtMillis(), "out", 1, "one"),
                                new ConsoleBlock(2, owned.startedAtMillis(), "out", 1, "two"))))
                .await()
                .atMost(LIMIT);
        captureStore.end(owned.origin(), made.end(), 0).await().atMost(LIMIT);
        housekeeping.rollUp();
        return made;
    }

    private long rows(Captures made, String table) {
        return number(
                "select count(*) from " + table + " h join series s on s.id = h.series_id where s.capture_id = $1",
                made);
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

    private long number(String sql) {
        return pool.query(sql).execute().await().atMost(LIMIT).iterator().next().getLong(0);
    }
}
