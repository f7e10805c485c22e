package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.stapscope.statistics.SecondChunk;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A made-up capture of several days with all its levels, written straight into the tables; the truth by second is
 * remembered. Each series counts in two seconds of every third minute or so.
 */
public final class StoredDays {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    public final UUID id;
    public final long startMillis;
    final int days;
    /** Values of each series by second. */
    final List<TreeMap<Long, Histogram>> truth = new ArrayList<>();

    private final Pool pool;

    private StoredDays(UUID id, long startMillis, int days, Pool pool) {
        this.id = id;
        this.startMillis = startMillis;
        this.days = days;
        this.pool = pool;
    }

    /** @param keys series of the facet by process besides the total */
    public static StoredDays store(History history, Pool pool, long startMillis, int days, int keys, long seed) {
        var start = Captures.start("days", "probe begin { days <<< " + seed + " }", startMillis);
        var stored = new StoredDays(start.id(), startMillis, days, pool);
        stored.await(history.open(start)
                .close(new CaptureEnd(
                        CaptureState.STOPPED, "exit()", startMillis + days * 86_400_000L, LossRecord.NONE)));
        stored.fill(keys, new Random(seed));
        return stored;
    }

    private void fill(int keys, Random random) {
        for (long second = 0; second < days * 86_400L; second += 43_200) {
            run(
                    "select ensure_partitions(($1::timestamptz at time zone 'UTC')::date)",
                    List.of(Tuple.of(time(second))));
        }
        var total = new TreeMap<Long, Histogram>();
        truth.add(total);
        for (int key = 1; key <= keys; key++) {
            var values = new TreeMap<Long, Histogram>();
            for (long minute = 0; minute < days * 1440L; minute++) {
                for (int i = 0; i < 2 && random.nextInt(3) == 0; i++) {
                    var histogram = new Histogram();
                    for (int n = random.nextInt(4); n >= 0; n--) {
                        histogram.add((long) Math.exp(random.nextGaussian() * 3 + 8) - 20);
                    }
                    long second = minute * 60 + random.nextInt(60);
                    values.computeIfAbsent(second, _ -> new Histogram()).merge(histogram);
                    total.computeIfAbsent(second, _ -> new Histogram()).merge(histogram);
                }
            }
            truth.add(values);
        }
        var known = new ArrayList<Tuple>();
        for (long minute = 0; minute < days * 1440L; minute++) {
            known.add(Tuple.of(id, time(minute * 60)));
        }
        run(
                "insert into capture_minute (capture_id, ts, seq, seconds_known, hits, skipped_self, skipped_no_entry, "
                        + "lost_events, lost_keys, lost_updates, read_faults, recursion_misses, soft_errors, keys, key_capacity, "
                        + "hit_ns, rolled) values ($1, $2, 1, (1::bigint << 60) - 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true)",
                known);
        for (int number = 0; number < truth.size(); number++) {
            series(number);
        }
        units("capture_hour", 3_600, ", minute_bytes, second_bytes, line_bytes, rolled", ", 0, 0, 0, true");
        units("capture_day", 86_400, "", "");
    }

    private void series(int number) {
        var values = truth.get(number);
        var whole = merged(values, 0, Long.MAX_VALUE);
        var pid = number == 0 ? new String[0] : new String[] {Integer.toString(number)};
        var kinds = number == 0 ? new String[0] : new String[] {"pid"};
        long series = await(pool.preparedQuery("insert into series (capture_id, agg, number, facet, keys, key_kinds, "
                                + "labels, seq, n, sum, vmin, vmax, hist) "
                                + "values ($1, 0, $2, $3, $4, $5, $4, 1, $6, 0, $7, $8, $9) returning id")
                        .execute(Tuple.tuple()
                                .addUUID(id)
                                .addInteger(number)
                                .addShort(number == 0 ? (short) 1 : (short) 2)
                                .addArrayOfString(pid)
                                .addArrayOfString(kinds)
                                .addLong(whole.count())
                                .addLong(least(whole))
                                .addLong(greatest(whole))
                                .addBuffer(bytes(whole))))
                .iterator()
                .next()
                .getLong("id");
        rows("h_min", series, values, 60);
        rows("h_hour", series, values, 3_600);
        rows("h_day", series, values, 86_400);
        chunks(series, values);
    }

    private void rows(String table, long series, TreeMap<Long, Histogram> values, long unit) {
        var rows = new ArrayList<Tuple>();
        for (long start = 0; start < days * 86_400L; start += unit) {
            var histogram = merged(values, start, start + unit);
            if (!histogram.isEmpty()) {
                rows.add(Tuple.tuple()
                        .addLong(series)
                        .addValue(time(start))
                        .addLong(histogram.count())
                        .addLong(least(histogram))
                        .addLong(greatest(histogram))
                        .addBuffer(bytes(histogram)));
            }
        }
        run(
                "insert into " + table
                        + " (series_id, ts, seq, n, sum, vmin, vmax, hist) values ($1, $2, 1, $3, $3, $4, $5, $6)",
                rows);
    }

    private void chunks(long series, TreeMap<Long, Histogram> values) {
        var rows = new ArrayList<Tuple>();
        for (long minute = 0; minute < days * 1440L; minute++) {
            var seconds = new ArrayList<Histogram>();
            for (long second = minute * 60; second < minute * 60 + 60; second++) {
                seconds.add(values.getOrDefault(second, new Histogram()));
            }
            if (seconds.stream().anyMatch(each -> !each.isEmpty())) {
                rows.add(Tuple.tuple()
                        .addLong(series)
                        .addValue(time(minute * 60))
                        .addLong(seconds.stream().mapToLong(Histogram::count).sum())
                        .addBuffer(io.vertx.mutiny.core.buffer.Buffer.buffer(SecondChunk.encode(seconds))));
            }
        }
        run("insert into h_1s (series_id, ts, seq, n, chunk) values ($1, $2, 1, $3, $4)", rows);
    }

    private void units(String table, long unit, String moreColumns, String moreValues) {
        var rows = new ArrayList<Tuple>();
        for (long start = 0; start < days * 86_400L; start += unit) {
            rows.add(Tuple.of(id, time(start), (int) unit));
        }
        run(
                "insert into " + table + " (capture_id, ts, seq, seconds_known" + moreColumns
                        + ") values ($1, $2, 1, $3" + moreValues + ")",
                rows);
    }

    /** Takes rows away that began before a second, as retention does. */
    void expire(String table, long second) {
        run(
                "delete from " + table
                        + " where ts < $1 and series_id in (select id from series where capture_id = $2)",
                List.of(Tuple.of(time(second), id)));
    }

    /** What is known about minutes goes with them. */
    void expireKnown(long second) {
        run("delete from capture_minute where ts < $1 and capture_id = $2", List.of(Tuple.of(time(second), id)));
    }

    public Histogram between(int series, long from, long to) {
        return merged(truth.get(series), from, to);
    }

    private static Histogram merged(TreeMap<Long, Histogram> values, long from, long to) {
        var merged = new Histogram();
        values.subMap(from, to).values().forEach(merged::merge);
        return merged;
    }

    private static long least(Histogram histogram) {
        return Buckets.lower(histogram.bucketAt(0));
    }

    private static long greatest(Histogram histogram) {
        return Buckets.greatest(histogram.bucketAt(histogram.size() - 1));
    }

    private static io.vertx.mutiny.core.buffer.Buffer bytes(Histogram histogram) {
        return io.vertx.mutiny.core.buffer.Buffer.buffer(HistogramCodec.encode(histogram));
    }

    OffsetDateTime time(long second) {
        return WindowStore.utc(startMillis + second * 1000);
    }

    private void run(String sql, List<Tuple> rows) {
        if (!rows.isEmpty()) {
            await(pool.withTransaction(
                    connection -> connection.preparedQuery(sql).executeBatch(rows)));
        }
    }

    private <T> T await(Uni<T> answer) {
        return answer.await().atMost(LIMIT);
    }
}
