package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Finds out which levels are stored for a range. */
final class DetailReader {
    /** Hours all of whose minutes are in them: one that changed since must be read by its minutes. */
    private static final String HOURS = """
            select ts, seconds_known from capture_hour h
            where capture_id = $1 and ts >= $2 and ts < $3 and not exists (
                select 1 from capture_minute m
                where m.capture_id = $1 and not m.rolled and m.ts >= h.ts and m.ts < h.ts + interval '1 hour')
            """;

    private static final String DAYS = """
            select ts, seconds_known from capture_day d
            where capture_id = $1 and ts >= $2 and ts < $3 and not exists (
                select 1 from capture_hour h
                where h.capture_id = $1 and not h.rolled and h.ts >= d.ts and h.ts < d.ts + interval '24 hours')
            and not exists (
                select 1 from capture_minute m
                where m.capture_id = $1 and not m.rolled and m.ts >= d.ts and m.ts < d.ts + interval '24 hours')
            """;

    /**
     * The first rows of the total in the range, and whether what is coarser holds more: then the finer ones are gone there.
     * Levels end in whole partitions, so what is there in one moment is there later, too.
     */
    static final String FIRST = """
            select h.ts as hour, m.ts as minute,
                coalesce((select sum(n) from h_min
                    where series_id = $1 and ts >= h.ts and ts < h.ts + interval '1 hour'), 0) < h.n as minutes_gone,
                exists (select 1 from h_1s where series_id = $1 and ts = m.ts) as seconds
            from (select 1) one
            left join (select ts, n from h_hour where series_id = $1 and ts >= $2 and ts < $4 order by ts limit 1) h
                on true
            left join (select ts from h_min where series_id = $1 and ts >= $3 and ts < $4 order by ts limit 1) m
                on true
            """;

    private static final String FIRST_SECOND = """
            select min(ts) as ts from h_1s where series_id = $1 and ts >= $2 and ts < $3
            """;

    private final SqlConnection connection;
    private final RangeSubject subject;
    private final Map<Level, Map<Long, Integer>> known = new EnumMap<>(Level.class);

    DetailReader(SqlConnection connection, RangeSubject subject) {
        this.connection = connection;
        this.subject = subject;
    }

    Uni<Detail> read(long from, long to) {
        var hours = new BitSet();
        var days = new BitSet();
        return units(HOURS, Level.HOUR, from, to, hours)
                .chain(() -> to - from < Level.DAY.seconds()
                        ? Uni.createFrom().voidItem()
                        : units(DAYS, Level.DAY, from, to, days))
                .chain(() -> first(from, to, hours, days));
    }

    /** How many seconds of an hour or a day, which was read, were observed. */
    int secondsKnown(Level level, long second) {
        return known.getOrDefault(level, Map.of()).getOrDefault(second, 0);
    }

    private Uni<Void> units(String sql, Level level, long from, long to, BitSet units) {
        var secondsKnown = new HashMap<Long, Integer>();
        known.put(level, secondsKnown);
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(subject.capture(), subject.time(level.floor(from)), subject.time(to)))
                .invoke(rows -> rows.forEach(row -> {
                    long second = subject.second(row);
                    secondsKnown.put(second, row.getInteger("seconds_known"));
                    units.set(Math.toIntExact(second / level.seconds()));
                }))
                .replaceWithVoid();
    }

    private Uni<Detail> first(long from, long to, BitSet hours, BitSet days) {
        return connection
                .preparedQuery(FIRST)
                .execute(Tuple.of(
                        subject.total(),
                        subject.time(Level.HOUR.floor(from)),
                        subject.time(Level.MINUTE.floor(from)),
                        subject.time(to)))
                .chain(rows -> detail(rows, to, hours, days));
    }

    private Uni<Detail> detail(RowSet<Row> rows, long to, BitSet hours, BitSet days) {
        Row row = rows.iterator().next();
        OffsetDateTime minute = row.getOffsetDateTime("minute");
        long firstMinute = minute == null ? -1 : subject.floorSecond(RangeSubject.millis(minute));
        long minutesFrom = 0;
        if (Boolean.TRUE.equals(row.getBoolean("minutes_gone"))) {
            // A day of the calendar ends within an hour of the capture: of that hour not all minutes are there.
            minutesFrom = Level.HOUR.ceil(minute == null ? to : firstMinute);
        }
        if (minute == null || row.getBoolean("seconds")) {
            return Uni.createFrom().item(new Detail(minutesFrom, minutesFrom, hours, days));
        }
        long gone = minutesFrom;
        return connection
                .preparedQuery(FIRST_SECOND)
                .execute(Tuple.of(subject.total(), minute, subject.time(to)))
                .map(found -> {
                    OffsetDateTime first = found.iterator().next().getOffsetDateTime("ts");
                    long secondsFrom =
                            first == null ? Level.MINUTE.ceil(to) : subject.floorSecond(RangeSubject.millis(first));
                    return new Detail(Math.max(gone, secondsFrom), gone, hours, days);
                });
    }
}
