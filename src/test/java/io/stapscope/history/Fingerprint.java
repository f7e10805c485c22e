package io.stapscope.history;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/** Everything that is stored of a capture as one number, whatever ids its series were given. */
final class Fingerprint {
    private static final String SQL = """
            select md5(
                coalesce((select string_agg(md5(s.agg || '/' || s.number || '/' || m.ts || '/' || m.seq || '/' || m.n || '/'
                        || m.sum || '/' || m.vmin || '/' || m.vmax || '/' || coalesce(encode(m.hist, 'hex'), '')), ','
                        order by s.agg, s.number, m.ts)
                    from h_min m join series s on s.id = m.series_id where s.capture_id = $1), '')
                || coalesce((select string_agg(md5(s.agg || '/' || s.number || '/' || m.ts || '/' || m.seq || '/' || m.n
                        || '/' || encode(m.chunk, 'hex')), ',' order by s.agg, s.number, m.ts)
                    from h_1s m join series s on s.id = m.series_id where s.capture_id = $1), '')
                || coalesce((select string_agg(m.ts || '/' || m.seq || '/' || m.seconds_known || '/' || m.hits, ','
                        order by m.ts) from capture_minute m where m.capture_id = $1), '')
                || coalesce((select string_agg(s.agg || '/' || s.number || '/' || s.keys::text || '/' || s.n || '/' || s.sum
                        || '/' || coalesce(encode(s.hist, 'hex'), ''), ',' order by s.agg, s.number)
                    from series s where s.capture_id = $1), '')
                || coalesce((select string_agg(l.seq || '/' || l.line, ',' order by l.seq)
                    from console l where l.capture_id = $1), '')
                || coalesce((select string_agg(g.from_at || '/' || g.to_at || '/' || g.reason || '/' || g.lost, ','
                        order by g.from_at, g.reason) from gap g where g.capture_id = $1), '')
                || coalesce((select string_agg(p.handler || '/' || p.point || '/' || p.hits || '/' || p.lost || '/'
                        || coalesce(p.hit_ns, -1) || '/' || p.estimated, ',' order by p.handler)
                    from capture_probe p where p.capture_id = $1), '')
                || (select state || coalesce(stop_reason, '') || refused from capture where id = $1)) as hash
            """;

    private Fingerprint() {}

    static String of(Pool pool, UUID capture) {
        return pool.preparedQuery(SQL)
                .execute(Tuple.of(capture))
                .await()
                .atMost(Duration.ofSeconds(30))
                .iterator()
                .next()
                .getString("hash");
    }
}
