package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class RollupDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long NOON = 1_800_000_000_123L;

    @Inject
    History history;

    @Inject
    Housekeeping housekeeping;

    @Inject
    WindowStore windowStore;

    @Inject
    CaptureStore captureStore;

    @Inject
    Pool pool;

    /** A window every 20 s, so that days are quick to make. */
    private static Captures slow(String name, int windows, long seed) {
        return Captures.random(Captures.start(name, "probe begin {}", NOON), windows, 3, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hoursAreTheSumsOfTheirMinutesAndDaysOfTheirHours(long seed) {
        var made = slow("rolled up", 6_000, seed);
        var writer = history.open(made.start);
        made.stretched(20).forEach(writer::write);
        assertThat(writer.close(made.end()).await().atMost(LIMIT).complete()).isTrue();
        housekeeping.rollUp();

        var hours = sums(made, "h_hour", 3_600);
        assertThat(hours).isNotEmpty().isEqualTo(sums(made, "h_min", 3_600));
        var days = sums(made, "h_day", 86_400);
        assertThat(days).isNotEmpty().isEqualTo(sums(made, "h_hour", 86_400));
        assertThat(count("select count(*) from capture_hour where capture_id = $1", made))
                .isEqualTo(34);
        assertThat(count("select count(*) from capture_day where capture_id = $1", made))
                .isEqualTo(2);
        assertThat(count("select sum(seconds_known)::bigint from capture_day where capture_id = $1", made))
                .isEqualTo(count(
                        "select sum(bit_count(seconds_known::bit(64)))::bigint from capture_minute where capture_id = $1",
                        made));
        assertThat(count(
                        "select sum(h.n)::bigint from h_day h join series s on s.id = h.series_id "
                                + "where s.capture_id = $1 and s.agg = 0 and s.number = 0",
                        made))
                .isEqualTo(made.count);
    }

    @Test
    void aMinuteThatComesLateIsAddedToItsHourAndDay() {
        var made = slow("late", 600, 7);
        var windows = made.stretched(20);
        captureStore.open(made.start).await().atMost(LIMIT);
        var batches = Captures.batches(made.start, windows, 60);
        var late = batches.remove(3);
        batches.addFirst(new Batch(late.series(), List.of(), List.of(), List.of(), List.of(), List.of()));
        batches.forEach(
                batch -> windowStore.write(made.start.origin(), batch).await().atMost(LIMIT));
        captureStore.end(made.start.origin(), made.end(), 0).await().atMost(LIMIT);
        housekeeping.rollUp();
        assertThat(sums(made, "h_hour", 3_600)).isEqualTo(sums(made, "h_min", 3_600));

        windowStore.write(made.start.origin(), late).await().atMost(LIMIT);
        assertThat(sums(made, "h_hour", 3_600)).isNotEqualTo(sums(made, "h_min", 3_600));
        housekeeping.rollUp();
        assertThat(sums(made, "h_hour", 3_600)).isEqualTo(sums(made, "h_min", 3_600));
        assertThat(sums(made, "h_day", 86_400)).isEqualTo(sums(made, "h_min", 86_400));
    }

    @Test
    void theHourThatIsNotOverIsNotThereYet() {
        var made = slow("running", 300, 9);
        captureStore.open(made.start).await().atMost(LIMIT);
        Captures.batches(made.start, made.stretched(20), 60)
                .forEach(batch ->
                        windowStore.write(made.start.origin(), batch).await().atMost(LIMIT));
        housekeeping.rollUp();
        assertThat(count("select count(*) from capture_hour where capture_id = $1", made))
                .isEqualTo(1);
        assertThat(count("select count(*) from capture_day where capture_id = $1", made))
                .isZero();
    }

    private record Sum(long seq, long n, long sum, long min, long max, Histogram histogram) {}

    /** Rows of a table added up by series and span. */
    private Map<String, Sum> sums(Captures made, String table, long seconds) {
        var sums = new TreeMap<String, Sum>();
        for (var row : rows(
                "select h.*, floor(extract(epoch from h.ts - c.started_at) / " + seconds + ")::bigint as span from "
                        + table + " h join series s on s.id = h.series_id join capture c on c.id = s.capture_id "
                        + "where c.id = $1",
                made)) {
            var bytes = row.getBuffer("hist");
            var part = new Sum(
                    row.getLong("seq"),
                    row.getLong("n"),
                    row.getLong("sum"),
                    row.getLong("vmin"),
                    row.getLong("vmax"),
                    bytes == null ? new Histogram() : HistogramCodec.decode(bytes.getBytes()));
            sums.merge(row.getLong("series_id") + "/" + row.getLong("span"), part, RollupDatabaseTest::plus);
        }
        return sums;
    }

    private static Sum plus(Sum a, Sum b) {
        var histogram = a.histogram.copy();
        histogram.merge(b.histogram);
        return new Sum(
                Math.max(a.seq, b.seq),
                a.n + b.n,
                a.sum + b.sum,
                Math.min(a.min, b.min),
                Math.max(a.max, b.max),
                histogram);
    }

    private long count(String sql, Captures made) {
        return rows(sql, made).getFirst().getLong(0);
    }

    private List<Row> rows(String sql, Captures made) {
        var rows = new ArrayList<Row>();
        pool.preparedQuery(sql)
                .execute(Tuple.of(made.start.id()))
                .await()
                .atMost(LIMIT)
                .forEach(rows::add);
        return rows;
    }
}
