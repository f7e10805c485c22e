package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.stapscope.history.entity.SeriesEntity;
import io.stapscope.statistics.Histogram;
import io.stapscope.statistics.HistogramCodec;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers from PostgreSQL. */
@ApplicationScoped
class StoredQueries implements CaptureQueries {
    /**
     * Rows from the one that holds line $2 + 1 on, until they are $3 lines: of the first those that follow $2. Texts that
     * nobody asked for are not read: they are not in their rows.
     */
    private static final String CONSOLE = """
            select seq, ts, stream, lines, line
            from (
                select c.*, sum(lines) over (order by seq) - lines as before,
                    least(first_value(lines) over (order by seq),
                        greatest(0, $2 + 1 - first_value(seq) over (order by seq))) as skipped
                from (
                    select * from console
                    where capture_id = $1 and seq >= coalesce((select max(f.seq) from console f
                        where f.capture_id = $1 and f.seq <= $2 + 1), 0)
                    order by seq limit $3::int + 1
                ) c
            ) c
            where before - skipped < $3
            order by seq
            """;

    private final CaptureStore store;
    private final CaptureReader reader;
    private final RangeStore ranges;
    private final FacetStore facets;
    private final ComparisonStore comparisons;
    private final Pool pool;

    StoredQueries(
            CaptureStore store,
            CaptureReader reader,
            RangeStore ranges,
            FacetStore facets,
            ComparisonStore comparisons,
            Pool pool) {
        this.store = store;
        this.reader = reader;
        this.ranges = ranges;
        this.facets = facets;
        this.comparisons = comparisons;
        this.pool = pool;
    }

    @Override
    public Uni<CapturePage> search(CaptureSearch search, int limit, int offset) {
        return reader.search(search, limit, offset);
    }

    @Override
    public Uni<CaptureRecord> find(UUID capture) {
        return reader.find(capture);
    }

    @Override
    public Uni<Void> delete(UUID capture) {
        return store.delete(capture)
                .invoke(existed -> {
                    if (!existed) {
                        throw new NoSuchCaptureException("no capture " + capture);
                    }
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<SeriesPage> series(UUID capture, int agg, Facet facet, int limit) {
        return reader.find(capture)
                .chain(() -> reader.seriesCount(capture, agg, facet))
                .chain(total -> reader.series(capture, agg, facet, limit)
                        .map(series -> new SeriesPage(
                                series.stream().map(StoredQueries::summary).toList(), total, null)));
    }

    @Override
    public Uni<SeriesPage> series(SeriesRange range, Facet facet, int limit) {
        return facets.largest(range, facet, limit);
    }

    @Override
    public Uni<ComparisonRecord> compare(
            SeriesRange a, SeriesRange b, List<Double> quantiles, @Nullable Facet facet, int keys) {
        return comparisons.compare(a, b, quantiles, facet, keys);
    }

    @Override
    public Uni<Distribution> distribution(SeriesRange range) {
        return ranges.read(range).map(RangeColumns::distribution);
    }

    private static SeriesPage.SeriesSummary summary(SeriesEntity series) {
        var keys = KeyPart.all(series.keyKinds, series.keys, series.labels, series.notes);
        var histogram = series.histogram == null ? new Histogram() : HistogramCodec.decode(series.histogram);
        return new SeriesPage.SeriesSummary(
                series.number,
                Facet.ofCode(series.facet),
                keys,
                series.count,
                series.sum,
                series.min,
                series.max,
                quantile(histogram, 0.5, series),
                quantile(histogram, 0.9, series),
                quantile(histogram, 0.99, series),
                quantile(histogram, 0.999, series));
    }

    private static double quantile(Histogram histogram, double q, SeriesEntity series) {
        return histogram.isEmpty()
                ? 0
                : histogram.quantile(q, series.min, series.max).value();
    }

    @Override
    public Uni<HeatmapRecord> heatmap(SeriesRange range) {
        return ranges.read(range).map(RangeColumns::heatmap);
    }

    @Override
    public Uni<QuantilesRecord> quantiles(SeriesRange range, List<Double> quantiles) {
        return ranges.read(range).map(columns -> columns.quantiles(quantiles));
    }

    @Override
    public Uni<ConsolePage> console(UUID capture, long after, int limit) {
        return pool.preparedQuery(CONSOLE)
                .execute(Tuple.of(capture, after, limit))
                .chain(rows -> rows.size() > 0
                        ? Uni.createFrom().item(page(rows, after, limit))
                        : reader.find(capture).map(found -> page(rows, after, limit)));
    }

    private static ConsolePage page(RowSet<Row> rows, long after, int limit) {
        var lines = new ArrayList<ConsoleLine>();
        for (Row row : rows) {
            var block = new ConsoleBlock(
                    row.getLong("seq"),
                    row.getOffsetDateTime("ts").toInstant().toEpochMilli(),
                    row.getString("stream"),
                    row.getInteger("lines"),
                    row.getString("line"));
            lines.addAll(block.lines(after, limit - lines.size()));
        }
        return new ConsolePage(lines, lines.isEmpty() ? after : lines.getLast().seq());
    }
}
