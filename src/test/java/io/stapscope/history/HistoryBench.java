package io.stapscope.history;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.stapscope.postgres.PostgresTestResource;
import io.stapscope.statistics.BusySeries;
import io.stapscope.statistics.HistogramCodec;
import io.stapscope.statistics.SecondChunk;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Loads a month of a thousand series and measures what questions about it take: {@code make history-bench}. No test: it
 * prints figures. Minutes are loaded for the whole month for the first series of the capture and for the last day for all,
 * hours and days for all: ranges read minutes at their ends only, and sizes are those of a row, times the rows of a month.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class HistoryBench {
    private static final Duration LIMIT = Duration.ofHours(2);
    private static final int SERIES = Integer.getInteger("bench.series", 1_000);
    private static final int DAYS = Integer.getInteger("bench.days", 30);
    private static final int WHOLE = Integer.getInteger("bench.whole", 100);
    private static final int CAPTURES = Integer.getInteger("bench.captures", 10_000);
    private static final int RUNS = Integer.getInteger("bench.runs", 200);
    private static final long START = 1_780_000_000_000L / 86_400_000 * 86_400_000;
    private static final long DAY = 86_400;

    @Inject
    Pool pool;

    @Inject
    CaptureQueries queries;

    private final UUID capture = UUID.randomUUID();
    private final Random random = new Random(7);

    @Test
    void measure() {
        load();
        sizes();
        var month = DAYS * DAY;
        p95("a stored series, heat map of any range, 600 columns, goal 100 ms", RUNS, () -> {
            long from = random.nextLong(month);
            return queries.heatmap(
                    range(List.of(random.nextInt(WHOLE)), from, from + 1 + anyLength(month - from), 600));
        });
        p95("a stored series, quantiles of any range, goal 100 ms", RUNS, () -> {
            long from = random.nextLong(month);
            return queries.quantiles(
                    range(List.of(random.nextInt(WHOLE)), from, from + 1 + anyLength(month - from), 1),
                    List.of(0.5, 0.9, 0.99));
        });
        var hundred = IntStream.range(0, Math.min(100, WHOLE)).boxed().toList();
        p95(
                "100 series ad hoc, quantiles of 30 days less 1 s, goal 300 ms",
                RUNS / 5,
                () -> queries.quantiles(range(hundred, 1, month - 1, 1), List.of(0.5, 0.99)));
        p95(
                "100 series ad hoc, heat map of 30 days less 1 s, goal 300 ms",
                RUNS / 5,
                () -> queries.heatmap(range(hundred, 1, month - 1, 600)));
        var all = IntStream.range(0, SERIES).boxed().toList();
        p95("1000 series ad hoc, heat map of an hour, goal 400 ms", RUNS / 5, () -> {
            long from = month - DAY + 60 * random.nextLong(1_300);
            return queries.heatmap(range(all, from, from + 3_600, 600));
        });
        p95("20 largest of 1000 series, an hour", RUNS / 5, () -> {
            long from = month - DAY + 60 * random.nextLong(1_300);
            return queries.series(range(List.of(0), from, from + 3_600, 1), Facet.FULL, 20);
        });
        p95(
                "20 largest of 1000 series, 30 days",
                RUNS / 10,
                () -> queries.series(range(List.of(0), 0, month, 1), Facet.FULL, 20));
        for (var query : List.of("syscall.read", "nightly", "host-7", "key-12 syscall", "script 77 nightly", "99")) {
            p95(
                    "search " + CAPTURES + " captures for '" + query + "', goal 50 ms",
                    RUNS / 5,
                    () -> queries.search(CaptureSearch.of(query), 50, 0));
        }
        p95(
                "search by key and tag, goal 50 ms",
                RUNS / 5,
                () -> queries.search(new CaptureSearch(List.of(), "tag-3", null, "key-33", null, null), 50, 0));
    }

    /** From minutes to the whole rest, each length as likely as its double. */
    private long anyLength(long most) {
        return Math.min(most - 1, (long) Math.exp(random.nextDouble() * Math.log(most)));
    }

    private SeriesRange range(List<Integer> series, long from, long to, int columns) {
        return new SeriesRange(capture, 0, series, START + from * 1000, START + to * 1000, columns);
    }

    private void load() {
        say("loading %d series, %d days", SERIES, DAYS);
        run("insert into script (name) values ('bench')");
        run("insert into script_revision (script_id, revision, source, sha256) select id, i, 'global s # script ' || i "
                + "|| ' probe syscall.' || (array['read', 'write', 'futex', 'openat'])[1 + i % 4] "
                + "|| ' { s[pid()] <<< $return } ' || repeat(md5(i::text), 20), i::text "
                + "from script, generate_series(1, 500) i where name = 'bench'");
        run("insert into host (name, kernel, architecture) select 'host-' || i, '6.18', 'x86_64' "
                + "from generate_series(1, 20) i");
        run(
                "insert into capture (id, script_revision_id, host_id, name, state, arguments, tags, interval_ms, started_at, "
                        + "stopped_at) select gen_random_uuid(), r.id, h.id, 'capture ' || i, 'stopped', '{}', "
                        + "array['tag-' || i % 50] || case when i % 100 = 0 then array['nightly'] else '{}' end, 1000, "
                        + "now() - i * interval '10 minutes', now() - i * interval '10 minutes' from generate_series(1, "
                        + CAPTURES + ") i join script_revision r on r.revision = 1 + i % 500 "
                        + "join host h on h.name = 'host-' || 1 + i % 20");
        run("insert into capture_key select 'key-' || k || '-' || extract(epoch from started_at)::bigint % 7, id "
                + "from capture, generate_series(1, 50) k union select 'key-' || k, id from capture, "
                + "generate_series(1, 40) k");
        run("insert into capture select '" + capture
                + "', script_revision_id, host_id, 'bench', 'stopped', '{}', null, "
                + "null, '{}', 1000, to_timestamp(" + START / 1000 + "), to_timestamp(" + (START / 1000 + DAYS * DAY)
                + ") from capture limit 1");
        run("insert into aggregate values ('" + capture + "', 0, 's', 'statistic', '{pid}', 'ns', 1)");
        run("insert into series (capture_id, agg, number, facet, keys, key_kinds, labels, n) select '" + capture
                + "', 0, i, case when i = 0 then 1 else 0 end, case when i = 0 then '{}'::text[] else array[i::text] end, "
                + "case when i = 0 then '{}'::text[] else '{pid}' end, case when i = 0 then '{}'::text[] else "
                + "array[i::text] end, 1 from generate_series(0, " + (SERIES - 1) + ") i");
        run("select ensure_partitions((to_timestamp(" + START / 1000 + ") at time zone 'UTC')::date + i) "
                + "from generate_series(0, " + DAYS + ") i");
        samples();
        rows("h_min", 60, "number < " + WHOLE, 0);
        rows("h_min", 60, "number >= " + WHOLE, (DAYS - 1) * DAY);
        rows("h_hour", 3_600, "true", 0);
        rows("h_day", DAY, "true", 0);
        run("insert into h_1s select series_id, ts, 1, n, (select chunk from chunk_sample where at = (series_id + "
                + "extract(epoch from ts)::bigint / 60) % 200) from h_min where ts >= to_timestamp("
                + (START / 1000 + DAYS * DAY - 3_600) + ") or (series_id < (select min(id) + " + WHOLE
                + " from series where capture_id = '" + capture + "') and ts >= to_timestamp("
                + (START / 1000 + (DAYS - 1) * DAY) + "))");
        run("insert into capture_minute (capture_id, ts, seq, seconds_known, hits, skipped_self, skipped_no_entry, "
                + "lost_events, lost_keys, lost_updates, read_faults, recursion_misses, soft_errors, keys, key_capacity, "
                + "hit_ns, rolled) select '" + capture + "', to_timestamp(" + START / 1000 + " + i * 60), 1, "
                + "(1::bigint << 60) - 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true from generate_series(0, "
                + (DAYS * 1440 - 1) + ") i");
        run("insert into capture_hour select '" + capture + "', to_timestamp(" + START / 1000
                + " + i * 3600), 1, 3600, 0, 0, 0, true from generate_series(0, " + (DAYS * 24 - 1) + ") i");
        run("insert into capture_day select '" + capture + "', to_timestamp(" + START / 1000
                + " + i * 86400), 1, 86400 from generate_series(0, " + (DAYS - 1) + ") i");
        run("vacuum analyze");
    }

    private void samples() {
        run("create table hist_sample (at int primary key, n bigint, hist bytea)");
        run("create table chunk_sample (at int primary key, chunk bytea)");
        var minutes = new ArrayList<Tuple>();
        var chunks = new ArrayList<Tuple>();
        long values = 0;
        long buckets = 0;
        for (var minute : BusySeries.minutes(200)) {
            var histogram = minute.whole();
            values += histogram.count();
            buckets += histogram.size();
            minutes.add(Tuple.tuple()
                    .addInteger(minutes.size())
                    .addLong(histogram.count())
                    .addBuffer(Buffer.buffer(HistogramCodec.encode(histogram))));
            chunks.add(Tuple.tuple()
                    .addInteger(chunks.size())
                    .addBuffer(Buffer.buffer(SecondChunk.encode(minute.seconds()))));
        }
        say(
                "%.0f values a second and %.1f buckets a minute of a series, all of them active in every second",
                values / 60.0 / minutes.size(), (double) buckets / minutes.size());
        await(pool.preparedQuery("insert into hist_sample values ($1, $2, $3)").executeBatch(minutes));
        await(pool.preparedQuery("insert into chunk_sample values ($1, $2)").executeBatch(chunks));
    }

    private void rows(String table, long unit, String which, long from) {
        long begin = System.nanoTime();
        run("insert into " + table + " select s.id, to_timestamp(" + START / 1000 + " + t.at), 1, h.n, h.n * 3000, 20, "
                + "9000000, h.hist from generate_series(" + from + ", " + (DAYS * DAY - 1) + ", " + unit + ") t (at) "
                + "cross join series s join hist_sample h on h.at = (s.number * 31 + t.at / " + unit + ") % 200 "
                + "where s.capture_id = '" + capture + "' and s." + which.replaceFirst("^true$", "number >= 0"));
        say("  %s: %.0f s", table, (System.nanoTime() - begin) / 1e9);
    }

    private void sizes() {
        say("size of a month at %d series, %d days, from bytes a row with its index:", SERIES, DAYS);
        for (var table : List.of("h_1s 1440", "h_min 1440", "h_hour 24", "h_day 1")) {
            var parts = table.split(" ");
            var row = await(pool.query(
                                    "select sum(pg_total_relation_size(inhrelid))::bigint as bytes, (select count(*) from "
                                            + parts[0] + ") as rows from pg_inherits where inhparent = '" + parts[0]
                                            + "'::regclass")
                            .execute())
                    .iterator()
                    .next();
            double each = (double) row.getLong("bytes") / row.getLong("rows");
            say(
                    "  %-7s %6.1f bytes a row, %10d rows loaded, %7.2f GB a month",
                    parts[0], each, row.getLong("rows"), each * SERIES * 30 * Integer.parseInt(parts[1]) / 1e9);
        }
    }

    private void p95(String what, int runs, Supplier<Uni<?>> question) {
        for (int i = 0; i < Math.max(5, runs / 4); i++) {
            await(question.get());
        }
        var nanos = new long[runs];
        for (int i = 0; i < runs; i++) {
            long begin = System.nanoTime();
            await(question.get());
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        say(
                "%-72s p50 %6.1f  p95 %6.1f  max %6.1f ms",
                what, nanos[runs / 2] / 1e6, nanos[(int) Math.ceil(runs * 0.95) - 1] / 1e6, nanos[runs - 1] / 1e6);
    }

    private void run(String sql) {
        await(pool.query(sql).execute());
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LIMIT);
    }

    private static void say(String format, Object... values) {
        System.out.println("bench: " + String.format(format, values));
    }
}
