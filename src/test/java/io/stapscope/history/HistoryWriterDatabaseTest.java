package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.postgres.PostgresTestResource;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.stapscope.statistics.SecondChunk;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class HistoryWriterDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long NOON = 1_800_000_000_123L;

    @Inject
    History history;

    @Inject
    WindowStore windowStore;

    @Inject
    CaptureQueries queries;

    @Inject
    CaptureStore captureStore;

    @Inject
    Pool pool;

    @Inject
    DataSource dataSource;

    @Test
    void storesEveryCountExactly() {
        var made = Captures.random(Captures.start("exact", "probe begin {}", NOON), 150, 3, 1);
        var writer = history.open(made.start);
        made.writeTo(writer);
        assertThat(writer.close(made.end()).await().atMost(LIMIT).complete()).isTrue();

        var histogram = new Histogram();
        var fromSeconds = new Histogram();
        long sum = 0;
        for (Row row : rows(
                made,
                "select m.n, m.sum, m.hist, c.chunk, c.n as second_n from series s "
                        + "join h_min m on m.series_id = s.id join h_1s c on c.series_id = s.id and c.ts = m.ts "
                        + "where s.capture_id = $1 and s.agg = 0 and s.number = 0")) {
            var minute = HistogramCodec.decode(row.getBuffer("hist").getBytes());
            assertThat(minute.count()).isEqualTo(row.getLong("n")).isEqualTo(row.getLong("second_n"));
            histogram.merge(minute);
            SecondChunk.decode(row.getBuffer("chunk").getBytes()).forEach(fromSeconds::merge);
            sum += row.getLong("sum");
        }
        assertThat(histogram).isEqualTo(made.whole).isEqualTo(fromSeconds);
        assertThat(sum).isEqualTo(made.sum);

        Row whole = rows(made, "select * from series where capture_id = $1 and agg = 0 and number = 0")
                .getFirst();
        assertThat(whole.getLong("n")).isEqualTo(made.count);
        assertThat(whole.getLong("sum")).isEqualTo(made.sum);
        assertThat(whole.getLong("vmin")).isEqualTo(made.min);
        assertThat(whole.getLong("vmax")).isEqualTo(made.max);
        assertThat(HistogramCodec.decode(whole.getBuffer("hist").getBytes())).isEqualTo(made.whole);

        Row byPid = rows(made, "select sum(n)::bigint as n from series where capture_id = $1 and facet = 2")
                .getFirst();
        assertThat(byPid.getLong("n")).isEqualTo(made.count);
    }

    @Test
    void newWordsOfAKeyAreStoredReadAndFound() {
        var made = Captures.random(Captures.start("renamed", "probe begin {}", NOON), 10, 1, 4);
        var writer = history.open(made.start);
        made.writeTo(writer);
        var words =
                new KeyPart("pid", "1000", "1000 postgres · client backend · shop · annabel", "select ? -- \\xff\0");
        writer.relabel(new WindowRecord.Series(Captures.STATISTIC, 1, Facet.PID, List.of(words)));
        assertThat(writer.close(made.end()).await().atMost(LIMIT).complete()).isTrue();

        var range = new SeriesRange(made.start.id(), Captures.STATISTIC, 0, null, null, 10);
        for (var page : List.of(
                queries.series(made.start.id(), Captures.STATISTIC, Facet.PID, 10)
                        .await()
                        .atMost(LIMIT),
                queries.series(range, Facet.PID, 10).await().atMost(LIMIT))) {
            assertThat(page.series()).singleElement().satisfies(series -> {
                assertThat(series.keys())
                        .containsExactly(new KeyPart("pid", "1000", words.label(), "select ? -- \\xff\\x00"));
                assertThat(series.count()).isEqualTo(made.count);
            });
        }
        for (var word : List.of("annabel", "shop", words.label(), "1000")) {
            var search = new CaptureSearch(List.of(), null, null, word, null, null);
            assertThat(queries.search(search, 100, 0).await().atMost(LIMIT).captures())
                    .as(word)
                    .extracting(CaptureRecord::id)
                    .contains(made.start.id());
        }
    }

    @Test
    void writingABatchAgainChangesNothing() {
        var made = Captures.random(Captures.start("replayed", "probe begin {}", NOON), 130, 2, 2);
        var batches = Captures.batches(made.start, made.windows, 7);
        captureStore.open(made.start).await().atMost(LIMIT);
        captureStore.open(made.start).await().atMost(LIMIT);
        batches.forEach(
                batch -> windowStore.write(made.start.origin(), batch).await().atMost(LIMIT));
        String once = fingerprint(made);

        var again = new ArrayList<>(batches);
        again.addAll(batches);
        // Series stand in the first batches: what is shuffled here has them already.
        Collections.shuffle(again, new Random(3));
        again.forEach(
                batch -> windowStore.write(made.start.origin(), batch).await().atMost(LIMIT));

        assertThat(fingerprint(made)).isEqualTo(once);
    }

    @Test
    void staysExactWhenConnectionsAreCutAgainAndAgain() {
        var made = Captures.random(Captures.start("cut", "probe begin {}", NOON), 300, 40, 5);
        captureStore.open(made.start).await().atMost(LIMIT);
        int failures = 0;
        for (var batch : Captures.batches(made.start, made.windows, 7)) {
            boolean done = false;
            for (int attempt = 0; !done; attempt++) {
                var answer = windowStore.write(made.start.origin(), batch).subscribeAsCompletionStage();
                if (attempt < 3) {
                    cutConnections();
                }
                done = answer.handle((nothing, failure) -> failure == null).join();
                failures += done ? 0 : 1;
            }
        }
        assertThat(failures).isPositive();
        var rows = rows(
                made,
                "select s.number, sum(m.n)::bigint as n, s.n as whole from series s "
                        + "join h_min m on m.series_id = s.id where s.capture_id = $1 and s.agg = 0 group by s.id");
        assertThat(rows).allMatch(row -> row.getLong("n").equals(row.getLong("whole")));
        assertThat(rows.stream().filter(row -> row.getInteger("number") == 0).map(row -> row.getLong("n")))
                .containsExactly(made.count);
        assertThat(rows.stream().mapToLong(row -> row.getLong("n")).sum()).isEqualTo(2 * made.count);
    }

    /** As a broken network or a failing server does; over a connection of its own, which is spared. */
    private void cutConnections() {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select count(pg_terminate_backend(pid)) from pg_stat_activity "
                    + "where datname = current_database() and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void marksUnobservedSecondsApartFromEmptyOnes() {
        var start = Captures.start("gap", "probe begin {}", NOON);
        var writer = history.open(start);
        for (int second : new int[] {0, 1, 2, 5, 61}) {
            writer.write(new WindowRecord(second, second * 1000L + 3, 1000, List.of(), List.of(), LossRecord.NONE));
        }
        writer.close(new CaptureEnd(CaptureState.FAILED, "error", NOON + 62_000, LossRecord.NONE))
                .await()
                .atMost(LIMIT);
        assertThat(pool.preparedQuery("select seconds_known from capture_minute where capture_id = $1 order by ts")
                        .execute(Tuple.of(start.id()))
                        .await()
                        .atMost(LIMIT))
                .extracting(row -> row.getLong(0))
                .containsExactly(0b100111L, 0b10L);
    }

    @Test
    void keepsTheConsoleAndTheStates() {
        var start = Captures.start("console", "probe begin { println(1) }", NOON);
        var writer = history.open(start);
        writer.state(CaptureState.RUNNING);
        writer.console(
                List.of(new ConsoleBlock(1, NOON, "out", 2, "one\0two\n"), new ConsoleBlock(3, NOON, "err", 1, "é")));
        writer.close(new CaptureEnd(CaptureState.STOPPED, "exit()", NOON + 5, LossRecord.NONE))
                .await()
                .atMost(LIMIT);
        assertThat(pool.preparedQuery("select line from console_line where capture_id = $1 order by seq")
                        .execute(Tuple.of(start.id()))
                        .await()
                        .atMost(LIMIT))
                .extracting(row -> row.getString(0))
                .containsExactly("one\\x00two", "", "é");
        assertThat(pool.preparedQuery("select state, stop_reason from capture where id = $1")
                        .execute(Tuple.of(start.id()))
                        .await()
                        .atMost(LIMIT))
                .extracting(row -> row.getString(0) + " " + row.getString(1))
                .containsExactly("stopped exit()");
    }

    @Test
    void countsAWindowOfASeriesNobodyOpened() {
        var start = Captures.start("unopened", "probe begin {}", NOON);
        var writer = history.open(start);
        writer.write(new WindowRecord(
                0,
                0,
                1000,
                List.of(),
                List.of(new WindowRecord.Delta(0, 7, 1, 1, 1, 1, new int[] {1}, new long[] {1})),
                LossRecord.NONE));
        var status = writer.close(new CaptureEnd(CaptureState.STOPPED, "exit()", NOON + 5, LossRecord.NONE))
                .await()
                .atMost(LIMIT);
        assertThat(status.refused()).isEqualTo(1);
    }

    private String fingerprint(Captures made) {
        return rows(made, """
                select md5(
                    (select string_agg(m::text, ',' order by m.series_id, m.ts) from h_min m join series s
                        on s.id = m.series_id where s.capture_id = $1)
                    || (select string_agg(m::text, ',' order by m.series_id, m.ts) from h_1s m join series s
                        on s.id = m.series_id where s.capture_id = $1)
                    || (select string_agg(m::text, ',' order by m.ts) from capture_minute m where m.capture_id = $1)
                    || (select string_agg(s::text, ',' order by s.id) from series s where s.capture_id = $1)) as hash
                """).getFirst().getString("hash");
    }

    private List<Row> rows(Captures made, String sql) {
        var rows = new ArrayList<Row>();
        pool.preparedQuery(sql)
                .execute(Tuple.of(made.start.id()))
                .await()
                .atMost(LIMIT)
                .forEach(rows::add);
        return rows;
    }
}
