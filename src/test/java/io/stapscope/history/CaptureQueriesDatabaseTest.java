package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.stapscope.postgres.PostgresTestResource;
import io.stapscope.statistics.Histogram;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(60)
class CaptureQueriesDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long NOON = 1_790_000_000_456L;

    @Inject
    History history;

    @Inject
    CaptureQueries queries;

    @Inject
    Pool pool;

    @Test
    void aHeatmapOfAnyRangeHoldsExactlyItsValues() {
        var made = stored(Captures.random(Captures.start("ranges", "probe begin {}", NOON), 400, 3, 11));
        var random = new Random(12);
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(400);
            int to = from + 1 + random.nextInt(400 - from);
            var heatmap = await(queries.heatmap(range(made, 0, NOON + from * 1000L, NOON + to * 1000L, 1 + i * 7)));
            assertThat(heatmap.fromMillis()).isLessThanOrEqualTo(NOON + from * 1000L);
            assertThat(heatmap.toMillis()).isGreaterThanOrEqualTo(NOON + to * 1000L);
            for (var column : heatmap.columns()) {
                int start = Math.max(from, second(column.startMillis()));
                long end = Math.min(to, second(column.startMillis()) + heatmap.stepMillis() / 1000);
                var expected = made.between(start, end - start);
                assertThat(Histogram.of(column.buckets(), column.counts())).isEqualTo(expected);
                assertThat(column.count()).isEqualTo(expected.count());
            }
        }
    }

    @Test
    void theWholeCaptureIsExactAtEveryStep() {
        var made = stored(Captures.random(Captures.start("whole", "probe begin {}", NOON), 200, 3, 13));
        for (int columns : new int[] {1, 3, 7, 60, 200, 2000}) {
            assertThat(await(queries.heatmap(range(made, 0, null, null, columns))).columns().stream()
                            .mapToLong(HeatmapRecord.Column::count)
                            .sum())
                    .isEqualTo(made.count);
            var whole = await(queries.quantiles(range(made, 0, null, null, columns), List.of(0.0, 0.5, 1.0)))
                    .whole();
            assertThat(whole.count()).isEqualTo(made.count);
            assertThat(whole.min()).isEqualTo(made.min);
            assertThat(whole.max()).isEqualTo(made.max);
            assertThat(whole.values().getFirst()).isEqualTo(made.min);
            assertThat(whole.values().getLast()).isEqualTo(made.max);
            assertThat(whole.values().get(1))
                    .isEqualTo(made.whole.quantile(0.5, made.min, made.max).value());
        }
    }

    @Test
    void sumsAreExactForWholeMinutesAndCloseForParts() {
        var made = stored(Captures.random(Captures.start("sums", "probe begin {}", NOON), 180, 1, 14));
        var all = await(queries.quantiles(range(made, 0, null, null, 180), List.of(0.5)))
                .whole();
        assertThat(all.sumExact()).isTrue();
        assertThat(all.sum()).isEqualTo(made.sum);
        var part = await(queries.quantiles(range(made, 0, NOON + 10_000, NOON + 50_000, 180), List.of(0.5)))
                .whole();
        assertThat(part.sumExact()).isFalse();
        assertThat((double) part.sum()).isCloseTo(made.sumBetween(10, 40), within(0.0625 * made.sum));
    }

    @Test
    void countersHaveCountsWithoutBuckets() {
        var made = stored(Captures.random(Captures.start("counter", "probe begin {}", NOON), 130, 1, 15));
        for (int columns : new int[] {2, 130}) {
            var heatmap =
                    await(queries.heatmap(new SeriesRange(made.start.id(), Captures.COUNTER, 0, null, null, columns)));
            assertThat(heatmap.columns()).allMatch(column -> column.buckets().length == 0);
            assertThat(heatmap.columns().stream()
                            .mapToLong(HeatmapRecord.Column::count)
                            .sum())
                    .isEqualTo(made.count);
        }
    }

    @Test
    void aGapIsNotAZero() {
        var start = Captures.start("gaps", "probe begin {}", NOON);
        var writer = history.open(start);
        for (int second : new int[] {0, 1, 4}) {
            writer.write(new WindowRecord(second, second * 1000L, 1000, List.of(), List.of(), LossRecord.NONE));
        }
        await(writer.close(new CaptureEnd(CaptureState.STOPPED, "exit()", NOON + 6_000, LossRecord.NONE)));
        var heatmap = await(queries.heatmap(new SeriesRange(start.id(), 0, 0, null, null, 100)));
        assertThat(heatmap.columns())
                .extracting(HeatmapRecord.Column::gap)
                .containsExactly(false, false, true, true, false, true);
    }

    @Test
    void findsCapturesByEveryWord() {
        var start = Captures.start("Disk latency", "probe syscall.read { x <<< 100%_done }", NOON, "Nightly", "db");
        stored(Captures.random(start, 3, 1, 16));
        var id = start.id();
        assertThat(ids("disk NIGHTLY")).contains(id);
        assertThat(ids("syscall.read made-up")).contains(id);
        assertThat(ids("100%_done")).contains(id);
        assertThat(ids("disk nowhere")).doesNotContain(id);
        assertThat(ids("1%%done")).doesNotContain(id);
        assertThat(ids(null)).contains(id);

        var page = await(queries.search(CaptureSearch.of("nightly"), 1, 0));
        assertThat(page.total()).isEqualTo(1);
        assertThat(await(queries.search(CaptureSearch.of("nightly"), 1, 1)).captures())
                .isEmpty();
    }

    @Test
    void givesBackWhatACaptureBeganAndEndedWith() {
        var made = Captures.random(Captures.start("record", "probe end {}", NOON, "a", "b"), 90, 2, 17);
        var writer = history.open(made.start);
        made.writeTo(writer);
        writer.console(List.of(new ConsoleBlock(1, NOON, "out", 1, "x"), new ConsoleBlock(2, NOON, "err", 1, "y")));
        await(writer.close(made.end()));

        var record = await(queries.find(made.start.id()));
        assertThat(record)
                .isEqualTo(new CaptureRecord(
                        made.start.id(),
                        "record",
                        CaptureState.STOPPED,
                        NOON,
                        NOON + 90_000,
                        "exit()",
                        1000,
                        "probe end {}",
                        List.of("one argument"),
                        new TargetRecord(4321, null),
                        new HostRecord("made-up-host", "6.1.0", "x86_64"),
                        made.start.aggregates(),
                        made.start.probes(),
                        List.of(
                                new CaptureRecord.Total(0, "latency", made.count),
                                new CaptureRecord.Total(1, "calls", made.count)),
                        made.end().losses(),
                        2,
                        0,
                        List.of("a", "b")));
        var console = await(queries.console(made.start.id(), 1, 10));
        assertThat(console.lines()).containsExactly(new ConsoleLine(2, NOON, "err", "y"));
        assertThat(console.next()).isEqualTo(2);
    }

    /** Blocks of many lines, single lines and lines that were lost: every page is as if each line stood by itself. */
    @Test
    void pagesOfTheConsoleAreThoseOfItsLines() {
        var start = Captures.start("paged", "probe begin {}", NOON);
        var writer = history.open(start);
        var random = new Random(11);
        var blocks = new ArrayList<ConsoleBlock>();
        var truth = new ArrayList<ConsoleLine>();
        long seq = 1;
        for (int i = 0; i < 60; i++) {
            var texts = new ArrayList<String>();
            for (int line = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(300); line > 0; line--) {
                var text = random.nextInt(4) == 0 ? "" : "zeile ü " + random.nextInt(1_000_000);
                truth.add(new ConsoleLine(seq + texts.size(), NOON + i, i % 7 == 0 ? "err" : "out", text));
                texts.add(text);
            }
            blocks.add(new ConsoleBlock(
                    seq, NOON + i, i % 7 == 0 ? "err" : "out", texts.size(), String.join("\n", texts)));
            seq += texts.size() + (random.nextInt(10) == 0 ? random.nextInt(500) : 0);
        }
        writer.console(blocks);
        await(writer.close(new CaptureEnd(CaptureState.STOPPED, "exit()", NOON + 100, LossRecord.NONE)));

        for (int limit : new int[] {1, 7, 1_000}) {
            for (long after : new long[] {0, 1, 250, 251, seq / 2, seq - 2, seq, 3 * seq}) {
                var expected = truth.stream()
                        .filter(line -> line.seq() > after)
                        .limit(limit)
                        .toList();
                var page = await(queries.console(start.id(), after, limit));
                assertThat(page.lines()).as("%d after %d", limit, after).isEqualTo(expected);
                assertThat(page.next())
                        .isEqualTo(
                                expected.isEmpty() ? after : expected.getLast().seq());
            }
        }
        assertThat(await(queries.find(start.id())).consoleLines())
                .isEqualTo(truth.getLast().seq());
    }

    @Test
    void listsTheLargestSeriesOfAFacet() {
        var made = stored(Captures.random(Captures.start("facets", "probe begin {}", NOON), 100, 5, 18));
        var page = await(queries.series(made.start.id(), 0, Facet.PID, 3));
        assertThat(page.total()).isEqualTo(5);
        assertThat(page.series()).hasSize(3).isSortedAccordingTo((a, b) -> Long.compare(b.count(), a.count()));
        var first = page.series().getFirst();
        var key = first.keys().getFirst();
        assertThat(key.label()).isEqualTo(key.value() + " \"a\\x00b\"");
        assertThat(await(queries.heatmap(range(made, first.number(), null, null, 10))).columns().stream()
                        .mapToLong(HeatmapRecord.Column::count)
                        .sum())
                .isEqualTo(first.count());
        var total = await(queries.series(made.start.id(), 0, Facet.TOTAL, 3))
                .series()
                .getFirst();
        assertThat(total.p99())
                .isCloseTo(made.whole.quantile(0.99, made.min, made.max).value(), within(1e-9));
        assertThat(total.count()).isEqualTo(made.count);
        assertThat(total.sum()).isEqualTo(made.sum);
    }

    @Test
    void deletingLeavesNothing() {
        var made = stored(Captures.random(Captures.start("deleted", "probe deleted {}", NOON), 70, 2, 19));
        var kept = stored(Captures.random(Captures.start("kept", "probe kept {}", NOON), 70, 2, 20));
        String series = await(
                        pool.preparedQuery("select string_agg(id::text, ',') as ids from series where capture_id = $1")
                                .execute(Tuple.of(made.start.id())))
                .iterator()
                .next()
                .getString("ids");
        // Two minutes of total, counter and two processes.
        assertThat(count("select count(*) from h_min where series_id in (" + series + ")"))
                .isEqualTo(8);
        await(queries.delete(made.start.id()));

        var id = made.start.id();
        assertThatThrownBy(() -> await(queries.find(id))).isInstanceOf(NoSuchCaptureException.class);
        assertThatThrownBy(() -> await(queries.delete(id))).isInstanceOf(NoSuchCaptureException.class);
        assertThatThrownBy(() -> await(queries.heatmap(range(made, 0, null, null, 10))))
                .isInstanceOf(NoSuchCaptureException.class);
        assertThatThrownBy(() -> await(queries.console(id, 0, 10))).isInstanceOf(NoSuchCaptureException.class);
        for (String table : List.of("series", "console", "capture_minute", "aggregate")) {
            assertThat(count("select count(*) from " + table + " where capture_id = '" + id + "'"))
                    .isZero();
        }
        for (String table : List.of("h_min", "h_1s")) {
            assertThat(count("select count(*) from " + table + " where series_id in (" + series + ")"))
                    .isZero();
        }
        assertThat(count("select count(*) from script_revision where source = 'probe deleted {}'"))
                .isZero();
        assertThat(await(queries.find(kept.start.id())).totals().getFirst().count())
                .isEqualTo(kept.count);
    }

    @Test
    void refusesASeriesThatDoesNotExist() {
        var made = stored(Captures.random(Captures.start("missing", "probe begin {}", NOON), 2, 1, 21));
        assertThatThrownBy(() -> await(queries.heatmap(range(made, 99, null, null, 10))))
                .isInstanceOf(NoSuchCaptureException.class)
                .hasMessageContaining("no series 99");
    }

    private Captures stored(Captures made) {
        var writer = history.open(made.start);
        made.writeTo(writer);
        assertThat(await(writer.close(made.end())).complete()).isTrue();
        return made;
    }

    private static SeriesRange range(Captures made, int series, @Nullable Long from, @Nullable Long to, int columns) {
        return new SeriesRange(made.start.id(), Captures.STATISTIC, series, from, to, columns);
    }

    private List<UUID> ids(@Nullable String query) {
        return await(queries.search(CaptureSearch.of(query), 100, 0)).captures().stream()
                .map(CaptureRecord::id)
                .toList();
    }

    private long count(String sql) {
        return await(pool.preparedQuery(sql).execute(Tuple.tuple()))
                .iterator()
                .next()
                .getLong(0);
    }

    private static int second(long millis) {
        return (int) ((millis - NOON) / 1000);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LIMIT);
    }
}
