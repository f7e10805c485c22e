package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Upserts of windows: one statement per table and batch. A row replaces only rows with a smaller seq. */
@ApplicationScoped
class WindowStore {
    private static final String SERIES = """
            insert into series (capture_id, agg, number, facet, keys, key_kinds, labels, notes)
            select $1, u.agg, u.number, u.facet,
                array(select jsonb_array_elements_text(u.keys::jsonb)),
                array(select jsonb_array_elements_text(u.key_kinds::jsonb)),
                array(select jsonb_array_elements_text(u.labels::jsonb)),
                case when u.notes is not null then array(select jsonb_array_elements_text(u.notes::jsonb)) end
            from unnest($2::int[], $3::int[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::text[])
                as u(agg, number, facet, keys, key_kinds, labels, notes)
            on conflict (capture_id, agg, number) do update set labels = excluded.labels, notes = excluded.notes
            """;

    private static final String MINUTES = """
            insert into h_min (series_id, ts, seq, n, sum, vmin, vmax, hist)
            select s.id, u.ts, u.seq, u.n, u.sum, u.vmin, u.vmax, u.hist
            from unnest($2::int[], $3::int[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bigint[],
                $8::bigint[], $9::bigint[], $10::bytea[]) as u(agg, number, ts, seq, n, sum, vmin, vmax, hist)
            join series s on s.capture_id = $1 and s.agg = u.agg and s.number = u.number
            order by u.ts, s.id
            on conflict (series_id, ts) do update
            set seq = excluded.seq, n = excluded.n, sum = excluded.sum, vmin = excluded.vmin, vmax = excluded.vmax,
                hist = excluded.hist
            where excluded.seq > h_min.seq
            """;

    private static final String SECONDS = """
            insert into h_1s (series_id, ts, seq, n, chunk)
            select s.id, u.ts, u.seq, u.n, u.chunk
            from unnest($2::int[], $3::int[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bytea[])
                as u(agg, number, ts, seq, n, chunk)
            join series s on s.capture_id = $1 and s.agg = u.agg and s.number = u.number
            order by u.ts, s.id
            on conflict (series_id, ts) do update
            set seq = excluded.seq, n = excluded.n, chunk = excluded.chunk
            where excluded.seq > h_1s.seq
            """;

    private static final String WHOLES = """
            update series s
            set seq = u.seq, n = u.n, sum = u.sum, vmin = u.vmin, vmax = u.vmax, hist = u.hist
            from unnest($2::int[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
                $9::bytea[]) as u(agg, number, seq, n, sum, vmin, vmax, hist)
            where s.capture_id = $1 and s.agg = u.agg and s.number = u.number and u.seq > s.seq
            """;

    private static final String KNOWN = """
            insert into capture_minute (capture_id, ts, seq, seconds_known, hits, skipped_self, skipped_no_entry,
                lost_events, lost_keys, lost_updates, lost_returns, read_faults, recursion_misses, soft_errors, keys,
                key_capacity, hit_ns, fired, updates, applied, unsettled, events, consumed, malformed, lines_read,
                frames_made, frames_told, frames_missed)
            select $1, u.*
            from unnest($2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
                $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[],
                $22::bigint[], $23::bigint[], $24::bigint[], $25::bigint[], $26::bigint[], $27::bigint[],
                $28::bigint[]) as u
            on conflict (capture_id, ts) do update
            set seq = excluded.seq, seconds_known = excluded.seconds_known, hits = excluded.hits,
                skipped_self = excluded.skipped_self, skipped_no_entry = excluded.skipped_no_entry,
                lost_events = excluded.lost_events, lost_keys = excluded.lost_keys,
                lost_updates = excluded.lost_updates, lost_returns = excluded.lost_returns,
                read_faults = excluded.read_faults,
                recursion_misses = excluded.recursion_misses, soft_errors = excluded.soft_errors,
                keys = excluded.keys, key_capacity = excluded.key_capacity, hit_ns = excluded.hit_ns, fired = excluded.fired,
                updates = excluded.updates, applied = excluded.applied, unsettled = excluded.unsettled,
                events = excluded.events, consumed = excluded.consumed, malformed = excluded.malformed,
                lines_read = excluded.lines_read, frames_made = excluded.frames_made,
                frames_told = excluded.frames_told, frames_missed = excluded.frames_missed, rolled = false
            where excluded.seq > capture_minute.seq
            """;

    /** Minutes that changed are in no hour, whether their own row is in this batch or came before. */
    private static final String CHANGED = """
            update capture_minute set rolled = false where capture_id = $1 and ts = any($2) and rolled
            """;

    /** Absolute like every other row: what was lost from a moment on only grows. */
    private static final String GAPS = """
            insert into gap (capture_id, from_at, to_at, reason, lost, detail)
            select $1, u.from_at, u.to_at, u.reason, nullif(u.lost, -1), u.detail
            from unnest($2::timestamptz[], $3::timestamptz[], $4::text[], $5::bigint[], $6::text[])
                as u(from_at, to_at, reason, lost, detail)
            on conflict (capture_id, from_at, reason) do update
            set to_at = greatest(gap.to_at, excluded.to_at), lost = greatest(gap.lost, excluded.lost)
            """;

    /** Also keeps a deletion of the capture waiting until the batch is in; what comes after that finds nothing. */
    private static final String EXISTS = "select 1 from capture where id = $1 for key share";

    private static final String LINES = """
            insert into console (capture_id, seq, ts, stream, lines, line)
            select $1, u.seq, u.ts, u.stream, u.lines, u.line
            from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::int[], $6::text[])
                as u(seq, ts, stream, lines, line)
            on conflict (capture_id, seq) do nothing
            """;

    static final String PARTITIONS = "select ensure_partitions($1)";

    private final Pool pool;
    private final Set<LocalDate> days = ConcurrentHashMap.newKeySet();

    WindowStore(Pool pool) {
        this.pool = pool;
    }

    /** Stores all rows of a batch or none; none also of a capture that was deleted meanwhile. */
    Uni<Void> write(Origin origin, Batch batch) {
        return ensurePartitions(origin, batch)
                .chain(() -> pool.withTransaction(connection -> connection
                        .preparedQuery(EXISTS)
                        .execute(Tuple.of(origin.capture()))
                        .chain(found ->
                                found.size() == 0 ? Uni.createFrom().voidItem() : write(connection, origin, batch))));
    }

    private static Uni<Void> write(SqlConnection connection, Origin origin, Batch batch) {
        return series(connection, origin, batch.series())
                .chain(() -> minutes(connection, origin, batch.minutes()))
                .chain(() -> seconds(connection, origin, batch.minutes()))
                .chain(() -> wholes(connection, origin, batch.wholes()))
                .chain(() -> known(connection, origin, batch.known()))
                .chain(() -> ProbeStore.write(connection, origin, batch.known()))
                .chain(() -> changed(connection, origin, batch.minutes()))
                .chain(() -> gaps(connection, origin, batch.gaps()))
                .chain(() -> lines(connection, origin, batch.lines()));
    }

    /** In transactions of their own: a new partition locks the whole table until its transaction ends. */
    private Uni<Void> ensurePartitions(Origin origin, Batch batch) {
        var missing = new TreeSet<LocalDate>();
        for (var row : batch.minutes()) {
            missing.add(minuteStart(origin, row.minute()).toLocalDate());
        }
        missing.removeAll(days);
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var day : missing) {
            done = done.chain(() -> pool.preparedQuery(PARTITIONS).execute(Tuple.of(day)))
                    .invoke(() -> days.add(day))
                    .replaceWithVoid();
        }
        return done;
    }

    private static Uni<Void> series(SqlConnection connection, Origin origin, List<WindowRecord.Series> rows) {
        return Columns.of(origin.capture(), rows)
                .ints(row -> row.agg())
                .ints(row -> row.number())
                .shorts(row -> row.facet().code())
                .texts(row -> json(row.keys(), KeyPart::value))
                .texts(row -> json(row.keys(), KeyPart::kind))
                .texts(row -> json(row.keys(), KeyPart::label))
                .texts(row -> notes(row.keys()))
                .write(connection, SERIES);
    }

    private static Uni<Void> minutes(SqlConnection connection, Origin origin, List<Row.Minute> rows) {
        return Columns.of(origin.capture(), rows)
                .ints(row -> row.series().agg())
                .ints(row -> row.series().number())
                .times(row -> minuteStart(origin, row.minute()))
                .longs(Row.Minute::seq)
                .longs(Row.Minute::n)
                .longs(Row.Minute::sum)
                .longs(Row.Minute::min)
                .longs(Row.Minute::max)
                .bytes(Row.Minute::histogram)
                .write(connection, MINUTES);
    }

    private static Uni<Void> seconds(SqlConnection connection, Origin origin, List<Row.Minute> rows) {
        return Columns.of(origin.capture(), rows)
                .ints(row -> row.series().agg())
                .ints(row -> row.series().number())
                .times(row -> minuteStart(origin, row.minute()))
                .longs(Row.Minute::seq)
                .longs(Row.Minute::n)
                .bytes(Row.Minute::chunk)
                .write(connection, SECONDS);
    }

    private static Uni<Void> wholes(SqlConnection connection, Origin origin, List<Row.Whole> rows) {
        return Columns.of(origin.capture(), rows)
                .ints(row -> row.series().agg())
                .ints(row -> row.series().number())
                .longs(Row.Whole::seq)
                .longs(Row.Whole::n)
                .longs(Row.Whole::sum)
                .longs(Row.Whole::min)
                .longs(Row.Whole::max)
                .bytes(Row.Whole::histogram)
                .write(connection, WHOLES);
    }

    private static Uni<Void> known(SqlConnection connection, Origin origin, List<Row.Known> rows) {
        return Columns.of(origin.capture(), rows)
                .times(row -> minuteStart(origin, row.minute()))
                .longs(Row.Known::seq)
                .longs(Row.Known::secondsKnown)
                .longs(row -> row.losses().hits())
                .longs(row -> row.losses().skippedSelf())
                .longs(row -> row.losses().skippedNoEntry())
                .longs(row -> row.losses().lostEvents())
                .longs(row -> row.losses().lostKeys())
                .longs(row -> row.losses().lostUpdates())
                .longs(row -> row.losses().lostReturns())
                .longs(row -> row.losses().readFaults())
                .longs(row -> row.losses().recursionMisses())
                .longs(row -> row.losses().softErrors())
                .longs(row -> row.losses().keys())
                .longs(row -> row.losses().keyCapacity())
                .longs(row -> row.losses().nanosPerHit())
                .longs(row -> row.losses().fired())
                .longs(row -> row.losses().updates())
                .longs(row -> row.losses().applied())
                .longs(row -> row.losses().unsettled())
                .longs(row -> row.losses().events())
                .longs(row -> row.losses().consumed())
                .longs(row -> row.losses().malformed())
                .longs(row -> row.losses().lines())
                .longs(row -> row.losses().frames().made())
                .longs(row -> row.losses().frames().told())
                .longs(row -> row.losses().frames().missed())
                .write(connection, KNOWN);
    }

    private static Uni<Void> changed(SqlConnection connection, Origin origin, List<Row.Minute> rows) {
        var minutes = rows.stream().map(Row.Minute::minute).distinct().toList();
        return Columns.of(origin.capture(), minutes)
                .times(minute -> minuteStart(origin, minute))
                .write(connection, CHANGED);
    }

    private static Uni<Void> gaps(SqlConnection connection, Origin origin, List<Row.Gap> rows) {
        return Columns.of(origin.capture(), rows)
                .times(row -> utc(origin.startedAtMillis() + row.fromMillis()))
                .times(row -> utc(origin.startedAtMillis() + row.toMillis()))
                .texts(row -> row.reason().word())
                .longs(Row.Gap::lost)
                .texts(Row.Gap::detail)
                .write(connection, GAPS);
    }

    private static Uni<Void> lines(SqlConnection connection, Origin origin, List<ConsoleBlock> rows) {
        return Columns.of(origin.capture(), rows)
                .longs(ConsoleBlock::seq)
                .times(row -> utc(row.timeMillis()))
                .texts(ConsoleBlock::stream)
                .ints(ConsoleBlock::lines)
                .texts(row -> storable(row.text()))
                .write(connection, LINES);
    }

    static OffsetDateTime minuteStart(Origin origin, int minute) {
        return utc(origin.startedAtMillis() + minute * CaptureClock.MINUTE_MILLIS);
    }

    /** The day a partition is named by. */
    static LocalDate day(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    }

    static OffsetDateTime utc(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String notes(List<KeyPart> keys) {
        return keys.stream().allMatch(key -> key.note() == null)
                ? null
                : json(keys, key -> key.note() == null ? "" : key.note());
    }

    private static String json(List<KeyPart> keys, Function<KeyPart, String> part) {
        var array = new JsonArray();
        keys.forEach(key -> array.add(storable(part.apply(key))));
        return array.encode();
    }

    /** PostgreSQL has no NUL in a text. */
    private static String storable(String text) {
        return text.indexOf(0) < 0 ? text : text.replace("\0", "\\x00");
    }
}
