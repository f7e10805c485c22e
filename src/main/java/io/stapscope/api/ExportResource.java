package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.HeatmapMessage;
import io.stapscope.api.message.QuantilesMessage;
import io.stapscope.api.message.SeriesMessage;
import io.stapscope.api.table.Column;
import io.stapscope.api.table.TableFile;
import io.stapscope.api.table.TableFormat;
import io.stapscope.history.CaptureQueries;
import io.stapscope.history.ConsolePage;
import io.stapscope.history.HeatmapRecord;
import io.stapscope.history.QuantilesRecord;
import io.stapscope.history.SeriesPage;
import io.stapscope.history.SeriesRange;
import io.stapscope.statistics.Buckets;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a capture holds as files for other tools. */
@Path("/api/v1/captures/{id}/export")
public class ExportResource {
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_LINES = 100_000;

    private final CaptureQueries queries;

    ExportResource(CaptureQueries queries) {
        this.queries = queries;
    }

    /** What is exported. */
    public static final class Choice {
        @QueryParam("format")
        @DefaultValue("csv")
        public String format = "csv";

        @QueryParam("what")
        @DefaultValue("quantiles")
        public String what = "quantiles";

        @QueryParam("agg")
        @DefaultValue("0")
        public int agg;

        @QueryParam("facet")
        @DefaultValue("full")
        public String facet = "full";

        @QueryParam("series")
        @DefaultValue("0")
        public String series = "0";

        @QueryParam("q")
        @DefaultValue("0.5,0.9,0.99,0.999")
        public String quantiles = "0.5,0.9,0.99,0.999";

        @QueryParam("from")
        public @Nullable Long from;

        @QueryParam("to")
        public @Nullable Long to;

        @QueryParam("columns")
        @DefaultValue("2000")
        public int columns = SeriesRange.MAX_COLUMNS;
    }

    @GET
    @Produces({"text/csv", TableFormat.PARQUET_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "A capture's quantiles over time, buckets over time, series or console as CSV, Parquet or JSON")
    @Parameter(name = "format", description = "csv, parquet or json")
    @Parameter(name = "what", description = "quantiles, buckets, series or console")
    public Uni<Response> export(@PathParam("id") UUID id, @BeanParam Choice choice) {
        var format = TableFormat.ofWord(choice.format);
        if (format == null && !choice.format.equals("json")) {
            throw ApiException.badRequest("format", "formats are csv, parquet and json");
        }
        var answer = new Answer(id, choice, format);
        return switch (choice.what) {
            case "quantiles" -> {
                var asked = Ranges.fractions(choice.quantiles);
                yield answer.with(
                        queries.quantiles(range(id, choice), asked),
                        QuantilesMessage::of,
                        (found, table) -> quantiles(found, asked, table));
            }
            case "buckets" ->
                answer.with(queries.heatmap(range(id, choice)), HeatmapMessage::of, ExportResource::buckets);
            case "series" ->
                answer.with(
                        series(id, choice),
                        found -> found.series().stream().map(SeriesMessage::of).toList(),
                        ExportResource::series);
            case "console" ->
                answer.with(queries.console(id, 0, MOST_LINES), ConsolePage::lines, ExportResource::console);
            default -> throw ApiException.badRequest("what", "what is quantiles, buckets, series or console");
        };
    }

    /** @param format null for JSON */
    private record Answer(UUID id, Choice choice, @Nullable TableFormat format) {
        /** Half a million rows take a while: not on the thread that found them. */
        <T> Uni<Response> with(Uni<T> found, Function<T, Object> message, Rows<T> rows) {
            return found.emitOn(Infrastructure.getDefaultWorkerPool()).map(record -> {
                if (format == null) {
                    return attachment(MediaType.APPLICATION_JSON, message.apply(record));
                }
                var table = rows.into(record, columns -> format.open(columns, notes()));
                return attachment(format.mediaType(), table.bytes());
            });
        }

        private Map<String, String> notes() {
            return Map.of("stapscope.capture", id.toString(), "stapscope.what", choice.what);
        }

        private Response attachment(String mediaType, Object body) {
            return Response.ok(body, mediaType)
                    .header(
                            "Content-Disposition",
                            "attachment; filename=\"" + id + "-" + choice.what + "." + choice.format + "\"")
                    .build();
        }
    }

    /** Writes what was found as rows of a table with its columns. */
    @FunctionalInterface
    private interface Rows<T> {
        TableFile into(T found, Function<List<Column>, TableFile> table);
    }

    private static SeriesRange range(UUID id, Choice choice) {
        return Ranges.of(id, choice.agg, "full", choice.series, choice.from, choice.to, choice.columns);
    }

    private Uni<SeriesPage> series(UUID id, Choice choice) {
        var facet = Ranges.facet(choice.facet);
        return choice.from == null && choice.to == null
                ? queries.series(id, choice.agg, facet, MOST_ROWS)
                : queries.series(Ranges.of(id, choice.agg, "total", "0", choice.from, choice.to, 1), facet, MOST_ROWS);
    }

    private static TableFile quantiles(
            QuantilesRecord found, List<Double> asked, Function<List<Column>, TableFile> table) {
        var columns = new ArrayList<>(List.of(Column.time("time"), Column.integer("count"), Column.truth("gap")));
        for (double q : asked) {
            var name = "p"
                    + new BigDecimal(Double.toString(q * 100))
                            .round(new MathContext(8))
                            .stripTrailingZeros()
                            .toPlainString();
            columns.add(Column.decimal(name));
            columns.add(Column.decimal(name + "_error"));
        }
        var file = table.apply(columns);
        var row = new @Nullable Object[columns.size()];
        for (var column : found.columns()) {
            row[0] = Instant.ofEpochMilli(column.startMillis());
            row[1] = column.count();
            row[2] = column.gap();
            for (int i = 0; i < asked.size(); i++) {
                row[3 + 2 * i] =
                        column.values().isEmpty() ? null : column.values().get(i);
                row[4 + 2 * i] =
                        column.errors().isEmpty() ? null : column.errors().get(i);
            }
            file.row(row);
        }
        return file;
    }

    private static TableFile buckets(HeatmapRecord found, Function<List<Column>, TableFile> table) {
        var file = table.apply(
                List.of(Column.time("time"), Column.integer("low"), Column.integer("high"), Column.integer("count")));
        for (var column : found.columns()) {
            var time = Instant.ofEpochMilli(column.startMillis());
            for (int i = 0; i < column.buckets().length; i++) {
                int bucket = column.buckets()[i];
                file.row(
                        time,
                        Buckets.foldedLower(bucket, found.precision()),
                        Buckets.foldedGreatest(bucket, found.precision()),
                        column.counts()[i]);
            }
        }
        return file;
    }

    private static TableFile series(SeriesPage found, Function<List<Column>, TableFile> table) {
        var file = table.apply(List.of(
                Column.integer("series"),
                Column.text("key"),
                Column.text("label"),
                Column.integer("count"),
                Column.integer("sum"),
                Column.integer("min"),
                Column.integer("max"),
                Column.decimal("p50"),
                Column.decimal("p90"),
                Column.decimal("p99"),
                Column.decimal("p99.9")));
        for (var series : found.series()) {
            file.row(
                    (long) series.number(),
                    String.join(
                            " ", series.keys().stream().map(key -> key.value()).toList()),
                    String.join(
                            " · ", series.keys().stream().map(key -> key.text()).toList()),
                    series.count(),
                    series.sum(),
                    series.min(),
                    series.max(),
                    series.p50(),
                    series.p90(),
                    series.p99(),
                    series.p999());
        }
        return file;
    }

    private static TableFile console(ConsolePage found, Function<List<Column>, TableFile> table) {
        var file = table.apply(
                List.of(Column.integer("seq"), Column.time("time"), Column.text("stream"), Column.text("text")));
        for (var line : found.lines()) {
            file.row(line.seq(), Instant.ofEpochMilli(line.timeMillis()), line.stream(), line.text());
        }
        return file;
    }
}
