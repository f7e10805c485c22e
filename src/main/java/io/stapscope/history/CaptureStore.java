package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.stapscope.history.entity.AggregateValue;
import io.stapscope.history.entity.CaptureEntity;
import io.stapscope.history.entity.HostEntity;
import io.stapscope.history.entity.ScriptEntity;
import io.stapscope.history.entity.ScriptRevisionEntity;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Rows of captures, scripts and hosts. Every operation may be repeated. */
@ApplicationScoped
class CaptureStore implements SpillReplay.Store {
    private static final String UNENDED = """
            select c.id, c.incarnation
            from capture c
            join host h on h.id = c.host_id
            where h.name = $1 and c.state in ('starting', 'running', 'stopping')
            """;

    /** They ended with the last second that is known; what came after it until now is a gap. */
    private static final String INTERRUPTED = """
            with ended as (
                update capture c
                set state = 'failed', stop_reason = 'the service ended', complete = false,
                    inexact = array['gap_service_ended=?'], stopped_at = coalesce(
                    (select max(m.ts) + (64 - position(B'1' in m.seconds_known::bit(64)) + 1) * interval '1 second'
                        from capture_minute m where m.capture_id = c.id and m.seconds_known <> 0
                        group by m.ts, m.seconds_known order by m.ts desc limit 1), c.started_at)
                where c.id = any($1)
                returning c.id, c.stopped_at
            )
            insert into gap (capture_id, from_at, to_at, reason, detail)
            select id, stopped_at, greatest(stopped_at, now()), 'service_ended', 'what it had not stored yet is not known'
            from ended
            on conflict do nothing
            """;

    private static final String CORRUPT = """
            insert into gap (capture_id, from_at, to_at, reason, lost, detail)
            select id, started_at, greatest(started_at, coalesce(stopped_at, now())), 'spill_corrupt', nullif($2, -1),
                'somewhere in this time'
            from capture
            where id = $1
            on conflict (capture_id, from_at, reason) do update
            set to_at = greatest(gap.to_at, excluded.to_at), lost = gap.lost + excluded.lost
            """;

    /** Windows have no foreign key; everything else goes with the capture, the last statement. */
    private static final List<String> DELETE = List.of(
            "delete from h_min where series_id in (select id from series where capture_id = $1)",
            "delete from h_1s where series_id in (select id from series where capture_id = $1)",
            "delete from h_hour where series_id in (select id from series where capture_id = $1)",
            "delete from h_day where series_id in (select id from series where capture_id = $1)",
            "delete from capture where id = $1");

    private static final String DELETE_UNUSED_REVISIONS = """
            delete from script_revision r where not exists (select 1 from capture c where c.script_revision_id = r.id)
            """;

    private static final String DELETE_UNUSED_SCRIPTS = """
            delete from script s where not exists (select 1 from script_revision r where r.script_id = s.id)
            """;

    /**
     * Two captures that begin together may both be the first of their name: the second one waits and finds it. Returns
     * its row, to be run as a query: after an update in SQL, Hibernate would find caches to clean when the session closes.
     */
    private static final String NEW_SCRIPT = """
            insert into script (name) values (:name) on conflict on constraint script_name_unique do nothing
            returning id
            """;

    private static final String NEW_HOST = """
            insert into host (name, kernel, architecture) values (:name, :kernel, :architecture)
            on conflict on constraint host_identity_unique do nothing
            returning id
            """;

    private final Sessions sessions;
    private final WindowStore windows;
    private final AccountStore accounts;
    private final ProbeStore probes;
    private final Pool pool;

    CaptureStore(Sessions sessions, WindowStore windows, AccountStore accounts, ProbeStore probes, Pool pool) {
        this.probes = probes;
        this.accounts = accounts;
        this.pool = pool;
        this.sessions = sessions;
        this.windows = windows;
    }

    @Override
    public Uni<Void> open(CaptureStart start) {
        return sessions.transaction(session -> session.find(CaptureEntity.class, start.id())
                        .onItem()
                        .ifNull()
                        .switchTo(() -> insert(session, start))
                        .replaceWithVoid())
                .chain(() -> probes.describe(start));
    }

    private static Uni<CaptureEntity> insert(Mutiny.Session session, CaptureStart start) {
        return script(session, start.name())
                .chain(script -> revision(session, script, start.script()))
                .chain(revision -> host(session, start.host()).chain(host -> {
                    CaptureEntity capture = entity(start);
                    capture.revision = revision;
                    capture.host = host;
                    return session.persist(capture).replaceWith(capture);
                }));
    }

    private static CaptureEntity entity(CaptureStart start) {
        var capture = new CaptureEntity();
        capture.id = start.id();
        capture.name = start.name();
        capture.state = CaptureState.STARTING.word();
        capture.arguments = start.arguments().toArray(String[]::new);
        capture.targetPid = start.target().pid();
        capture.targetCommand = start.target().command();
        capture.tags = start.tags().toArray(String[]::new);
        capture.intervalMillis = start.intervalMillis();
        capture.owner = start.owner();
        capture.incarnation = start.incarnation();
        capture.startedAt = WindowStore.utc(start.startedAtMillis());
        for (var aggregate : start.aggregates()) {
            var value = new AggregateValue();
            value.agg = aggregate.agg();
            value.name = aggregate.name();
            value.kind = aggregate.kind();
            value.keyKinds = aggregate.keyKinds().toArray(String[]::new);
            value.unit = aggregate.unit();
            value.line = aggregate.line();
            capture.aggregates.add(value);
        }
        return capture;
    }

    private static Uni<ScriptEntity> script(Mutiny.Session session, String name) {
        return findScript(session, name).onItem().ifNull().switchTo(() -> session.createNativeQuery(
                        NEW_SCRIPT, Long.class)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .chain(() -> findScript(session, name)));
    }

    private static Uni<ScriptEntity> findScript(Mutiny.Session session, String name) {
        return session.createSelectionQuery("from Script where name = :name", ScriptEntity.class)
                .setParameter("name", name)
                .getSingleResultOrNull();
    }

    private static Uni<ScriptRevisionEntity> revision(Mutiny.Session session, ScriptEntity script, String source) {
        String digest = sha256(source);
        // Who adds a revision holds the script, so that numbers follow one another.
        return findRevision(session, script, digest)
                .onItem()
                .ifNull()
                .switchTo(() -> session.lock(script, LockMode.PESSIMISTIC_WRITE)
                        .chain(() -> findRevision(session, script, digest)))
                .onItem()
                .ifNull()
                .switchTo(() -> nextRevision(session, script).chain(number -> {
                    var revision = new ScriptRevisionEntity();
                    revision.script = script;
                    revision.revision = number;
                    revision.source = source;
                    revision.sha256 = digest;
                    return session.persist(revision).replaceWith(revision);
                }));
    }

    private static Uni<ScriptRevisionEntity> findRevision(Mutiny.Session session, ScriptEntity script, String digest) {
        return session.createSelectionQuery(
                        "from ScriptRevision where script = :script and sha256 = :digest", ScriptRevisionEntity.class)
                .setParameter("script", script)
                .setParameter("digest", digest)
                .getSingleResultOrNull();
    }

    private static Uni<Integer> nextRevision(Mutiny.Session session, ScriptEntity script) {
        return session.createSelectionQuery(
                        "select coalesce(max(revision), 0) + 1 from ScriptRevision where script = :script",
                        Integer.class)
                .setParameter("script", script)
                .getSingleResult();
    }

    private static Uni<HostEntity> host(Mutiny.Session session, HostRecord record) {
        return findHost(session, record).onItem().ifNull().switchTo(() -> session.createNativeQuery(
                        NEW_HOST, Long.class)
                .setParameter("name", record.name())
                .setParameter("kernel", record.kernel())
                .setParameter("architecture", record.architecture())
                .getSingleResultOrNull()
                .chain(() -> findHost(session, record)));
    }

    private static Uni<HostEntity> findHost(Mutiny.Session session, HostRecord record) {
        return session.createSelectionQuery(
                        "from Host where name = :name and kernel = :kernel and architecture = :architecture",
                        HostEntity.class)
                .setParameter("name", record.name())
                .setParameter("kernel", record.kernel())
                .setParameter("architecture", record.architecture())
                .getSingleResultOrNull();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public Uni<Void> write(Origin origin, Batch batch) {
        return windows.write(origin, batch);
    }

    @Override
    public Uni<Void> state(CaptureStart start, CaptureState state) {
        return change(start.origin(), capture -> capture.state = state.word());
    }

    @Override
    public Uni<Void> end(Origin origin, CaptureEnd end, long refused) {
        return change(origin, capture -> {
                    capture.state = end.state().word();
                    capture.stopReason = end.reason();
                    capture.stoppedAt = WindowStore.utc(end.stoppedAtMillis());
                    capture.refused = refused;
                })
                .chain(() -> accounts.judge(origin.capture(), end.losses(), refused));
    }

    /** A capture that was deleted meanwhile is left alone. */
    private Uni<Void> change(Origin origin, Consumer<CaptureEntity> change) {
        return sessions.transaction(session -> session.find(CaptureEntity.class, origin.capture())
                .onItem()
                .ifNotNull()
                .invoke(change)
                .replaceWithVoid());
    }

    /** Rows of a capture were damaged on disk: nobody knows when they were. @param lost -1 when nobody knows how many */
    @Override
    public Uni<Void> corrupt(UUID capture, long lost) {
        return pool.preparedQuery(CORRUPT).execute(Tuple.of(capture, lost)).replaceWithVoid();
    }

    /** Captures of this machine whose service was killed: they ended with it. */
    Uni<Integer> endInterrupted(String host) {
        return pool.preparedQuery(UNENDED).execute(Tuple.of(host)).chain(rows -> {
            var dead = rows.stream()
                    .filter(row -> !Incarnation.isAlive(row.getString("incarnation")))
                    .map(row -> row.getUUID("id"))
                    .toArray(UUID[]::new);
            return dead.length == 0
                    ? Uni.createFrom().item(0)
                    : pool.preparedQuery(INTERRUPTED)
                            .execute(Tuple.tuple().addValue(dead))
                            .replaceWith(dead.length);
        });
    }

    /** A unit of work over every table; false when there is no such capture. */
    Uni<Boolean> delete(UUID id) {
        return pool.withTransaction(connection -> {
            Uni<RowSet<io.vertx.mutiny.sqlclient.Row>> deleted =
                    Uni.createFrom().nullItem();
            for (String statement : DELETE) {
                deleted =
                        deleted.chain(() -> connection.preparedQuery(statement).execute(Tuple.of(id)));
            }
            return deleted.chain(captures -> connection
                    .query(DELETE_UNUSED_REVISIONS)
                    .execute()
                    .chain(() -> connection.query(DELETE_UNUSED_SCRIPTS).execute())
                    .replaceWith(captures.rowCount() > 0));
        });
    }
}
