package io.stapscope.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.stapscope.postgres.PostgresTestResource;
import io.stapscope.statistics.Histogram;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranges over minutes, hours and days give exactly what was counted in them. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@Timeout(120)
class RangeDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long DAY = 86_400;
    /** Not at a minute, so that days of the capture are no days of the calendar. */
    private static final long START = 1_788_000_123_456L;

    @Inject
    History history;

    @Inject
    CaptureQueries queries;

    @Inject
    Pool pool;

    @Test
    void anyRangeOverAllLevelsHoldsExactlyItsValues() {
        var made = StoredDays.store(history, pool, START, 4, 3, 41);
        var random = new Random(42);
        for (int i = 0; i < 60; i++) {
            long from = random.nextLong(4 * DAY);
            long to = from + 1 + random.nextLong(4 * DAY - from);
            int series = random.nextInt(4);
            var heatmap = await(queries.heatmap(range(made, List.of(series), from, to, 1 + random.nextInt(300))));
            assertThat(covered(made, heatmap.coverage())).containsExactly(from, to);
            for (var column : heatmap.columns()) {
                long start = second(made, column.startMillis());
                var expected =
                        made.between(series, Math.max(from, start), Math.min(to, start + heatmap.stepMillis() / 1000));
                assertThat(Histogram.of(column.buckets(), column.counts())).isEqualTo(expected);
                assertThat(column.gap()).isFalse();
            }
        }
    }

    @Test
    void daysAndHoursAreReadInTheMiddle() {
        var made = StoredDays.store(history, pool, START + 7_000, 3, 1, 43);
        var whole = await(queries.quantiles(range(made, List.of(0), 5_000, 3 * DAY - 5_000, 1), List.of(0.5, 0.99)));

        assertThat(whole.coverage().coarsest()).isEqualTo(Level.DAY);
        assertThat(whole.coverage().rows()).as("of 4153 minutes").isLessThan(130);
        var truth = made.between(0, 5_000, 3 * DAY - 5_000);
        assertThat(whole.whole().count()).isEqualTo(truth.count());
        for (int i = 0; i < 2; i++) {
            double exact = truth.quantile(i == 0 ? 0.5 : 0.99).value();
            assertThat(whole.whole().values().get(i))
                    .isCloseTo(exact, within(whole.whole().errors().get(i) + 1e-9));
            assertThat(whole.whole().errors().get(i)).isLessThanOrEqualTo(Math.abs(exact) / 8 + 1);
        }
    }

    @Test
    void severalSeriesAreAddedUp() {
        var made = StoredDays.store(history, pool, START + 14_000, 2, 5, 44);
        for (int columns : new int[] {1, 40, 300}) {
            var added = await(queries.heatmap(range(made, List.of(1, 2, 4), 777, 2 * DAY - 777, columns)));
            var merged = new Histogram();
            for (var column : added.columns()) {
                merged.merge(Histogram.of(column.buckets(), column.counts()));
            }
            var truth = new Histogram();
            for (int series : new int[] {1, 2, 4}) {
                truth.merge(made.between(series, 777, 2 * DAY - 777));
            }
            assertThat(merged).isEqualTo(truth);
        }
        var all = IntStream.rangeClosed(1, 5).boxed().toList();
        assertThat(await(queries.quantiles(range(made, all, 0, 2 * DAY, 1), List.of()))
                        .whole()
                        .count())
                .isEqualTo(made.between(0, 0, 2 * DAY).count());
    }

    @Test
    void whatIsLeftIsSaidWhenFinerRowsAreGone() {
        var made = StoredDays.store(history, pool, START + 21_000, 4, 1, 45);
        made.expire("h_1s", 3 * DAY + 1_234 / 60 * 60);
        made.expire("h_min", 2 * DAY + 1_800);

        var hours = await(queries.heatmap(range(made, List.of(0), DAY + 100, DAY + 200, 600)));
        assertThat(covered(made, hours.coverage())).containsExactly(DAY, DAY + 3_600);
        assertThat(hours.columns()).hasSize(1);
        assertThat(hours.columns().getFirst().count())
                .isEqualTo(made.between(0, DAY, DAY + 3_600).count());

        long minute = 2 * DAY + 9_000;
        while (made.between(0, minute, minute + 60).isEmpty()) {
            minute += 60;
        }
        var minutes = await(queries.heatmap(range(made, List.of(0), minute + 30, minute + 90, 600)));
        assertThat(covered(made, minutes.coverage())).containsExactly(minute, minute + 120);
        assertThat(minutes.columns().stream()
                        .mapToLong(HeatmapRecord.Column::count)
                        .sum())
                .isEqualTo(made.between(0, minute, minute + 120).count());

        var cut = await(queries.heatmap(range(made, List.of(0), 2 * DAY + 100, 4 * DAY - 5, 2000)));
        assertThat(covered(made, cut.coverage()))
                .as("the hour of the cut is whole")
                .containsExactly(2 * DAY, 4 * DAY - 5);
        assertThat(cut.columns().stream().mapToLong(HeatmapRecord.Column::count).sum())
                .isEqualTo(made.between(0, 2 * DAY, 4 * DAY - 5).count());
    }

    /**
     * As retention goes on, any range holds exactly what was counted in the time that the answer says it is about. It is
     * the range that was asked for where its finest rows are left, else no wider than the finest that are.
     */
    @Test
    void anyRangeOverWhatIsLeftHoldsExactlyWhatItSays() {
        var made = StoredDays.store(history, pool, START + 35_000, 2, 2, 47);
        var random = new Random(48);
        long secondsLeft = 0;
        long minutesLeft = 0;
        int coarser = 0;
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < 25; i++) {
                long from = random.nextLong(2 * DAY);
                long to = from + 1 + (long) Math.exp(random.nextDouble() * Math.log(2 * DAY - from));
                int series = random.nextInt(3);
                var answer = await(queries.heatmap(range(made, List.of(series), from, Math.min(to, 2 * DAY), 600)));
                long first = second(made, answer.coverage().fromMillis());
                long end = second(made, answer.coverage().toMillis());
                var what = "round %d: %d to %d of series %d, seconds from %d, minutes from %d: %s"
                        .formatted(round, from, to, series, secondsLeft, minutesLeft, answer.coverage());

                assertThat(answer.columns().stream()
                                .mapToLong(HeatmapRecord.Column::count)
                                .sum())
                        .as(what)
                        .isEqualTo(made.between(series, first, end).count());
                long unit = from >= secondsLeft ? 1 : from >= minutesLeft ? 60 : 3_600;
                assertThat(from - first).as(what).isBetween(0L, unit - 1);
                long last = Math.min(to, 2 * DAY);
                long unitAtEnd = last > secondsLeft ? 1 : last > minutesLeft ? 60 : 3_600;
                assertThat(end - last).as(what).isBetween(0L, unitAtEnd - 1);
                if (first < from || end > last) {
                    coarser++;
                    assertThat(answer.coverage().coarsest()).as(what).isGreaterThanOrEqualTo(Level.MINUTE);
                }
                if (last <= secondsLeft && !made.between(0, from, last).isEmpty()) {
                    assertThat(answer.coverage().coarsest()).as(what).isNotEqualTo(Level.SECOND);
                    assertThat(answer.stepMillis()).as(what).isGreaterThanOrEqualTo(60_000);
                }
            }
            secondsLeft = Math.min(2 * DAY, secondsLeft + random.nextLong(DAY / 2));
            minutesLeft = Math.min(secondsLeft, minutesLeft + random.nextLong(DAY / 3));
            made.expire("h_1s", secondsLeft);
            made.expire("h_min", minutesLeft);
            made.expireKnown(minutesLeft);
            // Of what has begun before the cut nothing is left: whole minutes, and whole hours, come after it.
            secondsLeft = Level.MINUTE.ceil(secondsLeft);
            minutesLeft = Level.HOUR.ceil(minutesLeft);
            secondsLeft = Math.max(secondsLeft, minutesLeft);
        }
        assertThat(coarser).isGreaterThan(50);
    }

    @Test
    void anHourWhoseMinutesChangedIsReadByItsMinutes() {
        var made = StoredDays.store(history, pool, START + 28_000, 2, 1, 46);
        await(pool.query("update h_hour set n = n + 1000 where series_id in (select id from series where capture_id = '"
                        + made.id + "')")
                .execute());
        await(pool.query("update h_day set n = n + 1000 where series_id in (select id from series where capture_id = '"
                        + made.id + "')")
                .execute());
        await(pool.query("update capture_minute set rolled = false where capture_id = '" + made.id + "'")
                .execute());

        assertThat(await(queries.quantiles(range(made, List.of(0), 0, 2 * DAY, 1), List.of()))
                        .whole()
                        .count())
                .isEqualTo(made.between(0, 0, 2 * DAY).count());
    }

    @Test
    void everyLevelReadsOnlyItsPartitionsByKey() {
        await(pool.query("select ensure_partitions('2027-03-20'), ensure_partitions('2027-03-21'), "
                        + "ensure_partitions('2027-05-01')")
                .execute());
        var statements = new ArrayList<>(RangeStore.statements());
        for (var level : List.of(Level.MINUTE, Level.HOUR, Level.DAY)) {
            statements.add(FacetStore.COUNTS.replace("TABLE", level.table()));
        }
        for (var sql : statements) {
            var plan = new StringBuilder();
            await(pool.query("explain "
                                    + sql.replace("$1", "'{1}'::bigint[]")
                                            .replace("$2", "'2027-03-21 10:00+00'")
                                            .replace("$3", "'2027-03-21 11:00+00'"))
                            .execute())
                    .forEach(row -> plan.append(row.getString(0)).append('\n'));
            assertThat(plan)
                    .as(sql)
                    .containsAnyOf("20270321", "_202703")
                    .contains("_pkey")
                    .doesNotContain("20270320", "202705", "Seq Scan", "default");
        }
    }

    private static SeriesRange range(StoredDays made, List<Integer> series, long from, long to, int columns) {
        return new SeriesRange(
                made.id, 0, series, made.startMillis + from * 1000, made.startMillis + to * 1000, columns);
    }

    private static List<Long> covered(StoredDays made, Coverage coverage) {
        return List.of(second(made, coverage.fromMillis()), second(made, coverage.toMillis()));
    }

    private static long second(StoredDays made, long millis) {
        return (millis - made.startMillis) / 1000;
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LIMIT);
    }
}
