package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What running captures have counted since they began, as the store knows it: a flush or two ago. */
@ApplicationScoped
public class RunningTotals {
    private static final String SQL = """
            select c.id, c.name, c.started_at, a.name as aggregate, a.kind, a.unit, s.facet, s.keys, s.key_kinds, s.labels, s.n,
                s.sum, s.hist
            from capture c
            join aggregate a on a.capture_id = c.id
            cross join lateral (
                select * from series s
                where s.capture_id = c.id and s.agg = a.agg and s.facet = any($1)
                order by s.n desc, s.number limit $2) s
            where c.state in ('starting', 'running', 'stopping')
            order by c.started_at, c.id, a.agg, s.facet, s.n desc, s.number
            """;

    private final Questions questions;

    RunningTotals(Questions questions) {
        this.questions = questions;
    }

    /**
     * A series since its capture began; it never decreases.
     *
     * @param histogram null for a counter
     */
    public record Total(
            UUID capture,
            String name,
            long startedAtMillis,
            String aggregate,
            String unit,
            Facet facet,
            List<KeyPart> keys,
            long count,
            long sum,
            @Nullable Histogram histogram) {}

    /** The largest series of these facets of each running capture's aggregates. */
    public Uni<List<Total>> read(List<Facet> facets, int mostSeries) {
        var codes = facets.stream().map(Facet::code).toArray(Short[]::new);
        return questions.ask(connection -> connection
                .preparedQuery(SQL)
                .execute(Tuple.of(codes, mostSeries))
                .map(RunningTotals::totals));
    }

    private static List<Total> totals(RowSet<Row> rows) {
        var totals = new ArrayList<Total>();
        for (Row row : rows) {
            Buffer encoded = row.getBuffer("hist");
            totals.add(new Total(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getOffsetDateTime("started_at").toInstant().toEpochMilli(),
                    row.getString("aggregate"),
                    row.getString("unit"),
                    Facet.ofCode(row.getShort("facet")),
                    keys(row),
                    row.getLong("n"),
                    row.getLong("sum"),
                    row.getString("kind").equals("counter") ? null : histogram(encoded)));
        }
        return totals;
    }

    /** A series that was just opened has none yet. */
    private static Histogram histogram(@Nullable Buffer encoded) {
        return encoded == null ? new Histogram() : HistogramCodec.decode(encoded.getBytes());
    }

    private static List<KeyPart> keys(Row row) {
        String[] values = row.getArrayOfStrings("keys");
        String[] kinds = row.getArrayOfStrings("key_kinds");
        String[] labels = row.getArrayOfStrings("labels");
        return KeyPart.all(kinds, values, labels, null);
    }
}
