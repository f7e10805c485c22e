package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.stapscope.history.entity.AggregateValue;
import io.stapscope.history.entity.CaptureEntity;
import io.stapscope.history.entity.SeriesEntity;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds captures and their series, and turns entities into records. */
@ApplicationScoped
class CaptureReader {
    /** What stands beside a capture: the last counters, the lines of its console, the totals of its aggregates. */
    private static final String FIGURES = """
            select c.id, m.*, (select seq + lines - 1 from console l where l.capture_id = c.id order by seq desc limit 1) as lines,
                (select array_agg(s.agg order by s.agg) from series s where s.capture_id = c.id and s.number = 0)
                    as aggs,
                (select array_agg(s.n order by s.agg) from series s where s.capture_id = c.id and s.number = 0)
                    as counts
            from capture c
            left join lateral (
                select * from capture_minute where capture_id = c.id order by ts desc limit 1
            ) m on true
            where c.id = any($1)
            """;

    private final Sessions sessions;
    private final Pool pool;
    private final CaptureFinder finder;
    private final ProbeStore probes;

    CaptureReader(Sessions sessions, Pool pool, CaptureFinder finder, ProbeStore probes) {
        this.probes = probes;
        this.sessions = sessions;
        this.pool = pool;
        this.finder = finder;
    }

    private record Figures(LossRecord losses, long lines, Map<Integer, Long> totals) {
        static final Figures NONE = new Figures(LossRecord.NONE, 0, Map.of());
    }

    Uni<CapturePage> search(CaptureSearch search, int limit, int offset) {
        return finder.find(search, limit, offset)
                .chain(found -> load(found.captures()).map(records -> new CapturePage(records, found.total())));
    }

    /** In the order of the ids; those that were deleted meanwhile are left out. */
    private Uni<List<CaptureRecord>> load(List<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        // Beside one another: who waits for the page waits for the longer one only.
        Uni<List<CaptureEntity>> entities = sessions.transaction(session -> session.createSelectionQuery(
                                "select c from Capture c join fetch c.revision join fetch c.host where c.id in :ids",
                                CaptureEntity.class)
                        .setParameter("ids", ids)
                        .getResultList()
                        .call(captures -> fetchAggregates(session, captures)))
                .map(captures -> captures.stream()
                        .sorted(Comparator.comparingInt(capture -> ids.indexOf(capture.id)))
                        .toList());
        return Uni.combine().all().unis(entities, figures(ids)).with(CaptureReader::records);
    }

    /** With one statement for the whole page: each collection by itself would be one more question. */
    private static Uni<?> fetchAggregates(Mutiny.Session session, List<CaptureEntity> captures) {
        return captures.isEmpty()
                ? Uni.createFrom().voidItem()
                : session.createSelectionQuery(
                                "select c from Capture c left join fetch c.aggregates where c in :captures",
                                CaptureEntity.class)
                        .setParameter("captures", captures)
                        .getResultList();
    }

    Uni<CaptureRecord> find(UUID id) {
        return load(List.of(id)).chain(records -> {
            if (records.isEmpty()) {
                throw new NoSuchCaptureException("no capture " + id);
            }
            return probes.of(id).map(found -> records.getFirst().with(found));
        });
    }

    Uni<List<SeriesEntity>> series(UUID capture, int agg, Facet facet, int limit) {
        return sessions.transaction(session -> session.createSelectionQuery(
                        "from Series where captureId = :capture and agg = :agg and facet = :facet"
                                + " order by count desc, number",
                        SeriesEntity.class)
                .setParameter("capture", capture)
                .setParameter("agg", agg)
                .setParameter("facet", facet.code())
                .setMaxResults(limit)
                .getResultList());
    }

    Uni<Long> seriesCount(UUID capture, int agg, Facet facet) {
        return sessions.transaction(session -> session.createSelectionQuery(
                        "select count(*) from Series where captureId = :capture and agg = :agg and facet = :facet",
                        Long.class)
                .setParameter("capture", capture)
                .setParameter("agg", agg)
                .setParameter("facet", facet.code())
                .getSingleResult());
    }

    private Uni<Map<UUID, Figures>> figures(List<UUID> ids) {
        return pool.preparedQuery(FIGURES)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var figures = new HashMap<UUID, Figures>();
                    rows.forEach(row -> figures.put(row.getUUID("id"), figures(row)));
                    return figures;
                });
    }

    private static List<CaptureRecord> records(List<CaptureEntity> captures, Map<UUID, Figures> figures) {
        return captures.stream()
                .map(capture -> record(capture, figures.getOrDefault(capture.id, Figures.NONE)))
                .toList();
    }

    private static Figures figures(Row row) {
        var totals = new HashMap<Integer, Long>();
        Integer[] aggs = row.getArrayOfIntegers("aggs");
        Long[] counts = row.getArrayOfLongs("counts");
        for (int i = 0; aggs != null && i < aggs.length; i++) {
            totals.put(aggs[i], counts[i]);
        }
        Long lines = row.getLong("lines");
        return new Figures(AccountStore.losses(row), lines == null ? 0 : lines, totals);
    }

    private static CaptureRecord record(CaptureEntity capture, Figures figures) {
        List<AggregateRecord> aggregates = capture.aggregates.stream()
                .sorted(Comparator.comparingInt(value -> value.agg))
                .map(CaptureReader::record)
                .toList();
        var totals = aggregates.stream()
                .map(each -> new CaptureRecord.Total(
                        each.agg(), each.name(), figures.totals().getOrDefault(each.agg(), 0L)))
                .toList();
        return new CaptureRecord(
                capture.id,
                capture.name,
                CaptureState.ofWord(capture.state),
                capture.startedAt.toInstant().toEpochMilli(),
                capture.stoppedAt == null
                        ? null
                        : (Long) capture.stoppedAt.toInstant().toEpochMilli(),
                capture.stopReason,
                capture.intervalMillis,
                capture.revision.source,
                List.of(capture.arguments),
                new TargetRecord(capture.targetPid, capture.targetCommand),
                new HostRecord(capture.host.name, capture.host.kernel, capture.host.architecture),
                aggregates,
                List.of(),
                totals,
                figures.losses(),
                figures.lines(),
                capture.refused,
                List.of(capture.tags));
    }

    private static AggregateRecord record(AggregateValue value) {
        return new AggregateRecord(value.agg, value.name, value.kind, List.of(value.keyKinds), value.unit, value.line);
    }
}
