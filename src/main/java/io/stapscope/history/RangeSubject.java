package io.stapscope.history;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What a question about a range is about: an aggregate of a capture and the rows of its series.
 *
 * @param series ids of the rows; fewer than asked only when nothing was counted yet
 * @param total id of the total's row, -1 when nothing was counted yet
 * @param endSecond up to where anything can be stored, since the start of the capture
 */
record RangeSubject(
        UUID capture,
        Long[] series,
        long total,
        boolean counter,
        long startedAtMillis,
        long endSecond,
        int intervalMillis) {
    /** $1 capture, $2 aggregate, $3 numbers of series. */
    static final String SQL = """
            select a.kind, c.started_at, c.stopped_at, c.interval_ms,
                (select array_agg(s.id) from series s
                    where s.capture_id = c.id and s.agg = $2 and s.number = any($3)) as ids,
                (select s.id from series s where s.capture_id = c.id and s.agg = $2 and s.number = 0) as total,
                (select max(ts) from capture_minute m where m.capture_id = c.id) as last_minute,
                (select seconds_known from capture_minute m where m.capture_id = c.id order by ts desc limit 1)
                    as last_known
            from capture c
            join aggregate a on a.capture_id = c.id and a.agg = $2
            where c.id = $1
            """;

    static RangeSubject of(SeriesRange range, RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw new NoSuchCaptureException("no capture " + range.capture() + " with an aggregate " + range.agg());
        }
        Row row = rows.iterator().next();
        Long[] ids = row.getArrayOfLongs("ids");
        int found = ids == null ? 0 : ids.length;
        // A capture that counted nothing yet has no series, not even a total.
        boolean nothingYet = range.series().size() == 1 && range.series().getFirst() == 0;
        if (found < range.series().size() && !nothingYet) {
            throw new NoSuchCaptureException("no series " + missing(range, found) + " in capture " + range.capture());
        }
        Long total = row.getLong("total");
        long start = millis(row.getOffsetDateTime("started_at"));
        return new RangeSubject(
                range.capture(),
                ids == null ? new Long[0] : ids,
                total == null ? -1 : total,
                row.getString("kind").equals("counter"),
                start,
                endSecond(row, start),
                row.getInteger("interval_ms"));
    }

    private static String missing(SeriesRange range, int found) {
        return range.series().size() == 1
                ? String.valueOf(range.series().getFirst())
                : (range.series().size() - found) + " of those asked for";
    }

    /** The end of the capture or its last observed second, whichever is later. */
    private static long endSecond(Row row, long startMillis) {
        long end = 0;
        OffsetDateTime stopped = row.getOffsetDateTime("stopped_at");
        if (stopped != null) {
            end = Math.ceilDiv(millis(stopped) - startMillis, CaptureClock.SECOND_MILLIS);
        }
        OffsetDateTime lastMinute = row.getOffsetDateTime("last_minute");
        if (lastMinute != null) {
            long minuteStart = (millis(lastMinute) - startMillis) / CaptureClock.SECOND_MILLIS;
            int last = Long.SIZE - Long.numberOfLeadingZeros(row.getLong("last_known"));
            end = Math.max(end, minuteStart + last);
        }
        return end;
    }

    /** The first second of a range within the capture. */
    long from(SeriesRange range) {
        return range.fromMillis() == null ? 0 : Math.clamp(floorSecond(range.fromMillis()), 0, endSecond);
    }

    /** The second after its last one. */
    long to(SeriesRange range) {
        return range.toMillis() == null
                ? endSecond
                : Math.clamp(
                        Math.ceilDiv(range.toMillis() - startedAtMillis, CaptureClock.SECOND_MILLIS), 0, endSecond);
    }

    /** The second of the capture that a row's time is. */
    long second(Row row) {
        return floorSecond(millis(row.getOffsetDateTime("ts")));
    }

    long floorSecond(long millis) {
        return Math.floorDiv(millis - startedAtMillis, CaptureClock.SECOND_MILLIS);
    }

    OffsetDateTime time(long second) {
        return WindowStore.utc(startedAtMillis + second * CaptureClock.SECOND_MILLIS);
    }

    static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }
}
