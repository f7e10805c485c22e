package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Handlers of captures and their accounts in PostgreSQL. */
@ApplicationScoped
class ProbeStore {
    private static final String DESCRIBE = """
            insert into capture_probe (capture_id, handler, point, line, col)
            select c.id, u.handler, u.point, u.line, u.col
            from capture c, unnest($2::int[], $3::text[], $4::int[], $5::int[]) as u(handler, point, line, col)
            where c.id = $1
            on conflict do nothing
            """;

    /** Counts only grow: a batch that is written late changes nothing. */
    private static final String HITS = """
            update capture_probe p
            set hits = u.hits, lost = u.lost, hit_ns = coalesce(u.hit_ns, p.hit_ns), estimated = u.estimated
            from unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::boolean[])
                as u(handler, hits, lost, hit_ns, estimated)
            where p.capture_id = $1 and p.handler = u.handler and u.hits >= p.hits and u.lost >= p.lost
                and (p.hits, p.lost, p.hit_ns, p.estimated)
                    is distinct from (u.hits, u.lost, coalesce(u.hit_ns, p.hit_ns), u.estimated)
            """;

    private static final String OF = """
            select handler, point, line, col, hits, lost, hit_ns, estimated
            from capture_probe where capture_id = $1 order by handler
            """;

    private final Pool pool;

    ProbeStore(Pool pool) {
        this.pool = pool;
    }

    /** Handlers and their accounts, each in the order of the script. */
    record Probes(List<ProbeRecord> described, List<ProbeHits> hits) {}

    /** May be repeated; leaves a capture alone that was deleted meanwhile. */
    Uni<Void> describe(CaptureStart start) {
        var probes = start.probes();
        return Columns.of(start.id(), probes)
                .ints(ProbeRecord::handler)
                .texts(ProbeRecord::point)
                .ints(ProbeRecord::line)
                .ints(ProbeRecord::column)
                .write(pool, DESCRIBE);
    }

    /** Of the latest minute: what it says of a handler is about all that came before. */
    static Uni<Void> write(SqlConnection connection, Origin origin, List<io.stapscope.history.Row.Known> known) {
        var hits = known.stream()
                .max(Comparator.comparingInt(io.stapscope.history.Row.Known::minute))
                .map(row -> row.losses().probes())
                .orElse(List.of());
        return Columns.of(origin.capture(), hits)
                .ints(ProbeHits::handler)
                .longs(ProbeHits::hits)
                .longs(ProbeHits::lost)
                .longs(ProbeHits::nanosPerHit)
                .booleans(ProbeHits::estimated)
                .write(connection, HITS);
    }

    Uni<Probes> of(UUID capture) {
        return pool.preparedQuery(OF)
                .execute(Tuple.of(capture))
                .map(rows -> new Probes(
                        rows.stream().map(ProbeStore::described).toList(),
                        rows.stream()
                                .map(ProbeStore::hits)
                                .filter(each -> each.hits() > 0 || each.lost() > 0)
                                .toList()));
    }

    private static ProbeRecord described(Row row) {
        return new ProbeRecord(
                row.getInteger("handler"), row.getString("point"), row.getInteger("line"), row.getInteger("col"));
    }

    private static ProbeHits hits(Row row) {
        return new ProbeHits(
                row.getInteger("handler"),
                row.getLong("hits"),
                row.getLong("lost"),
                row.getLong("hit_ns"),
                row.getBoolean("estimated"));
    }
}
