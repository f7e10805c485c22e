package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.HeatmapMessage;
import io.stapscope.api.message.QuantilesMessage;
import io.stapscope.api.message.SeriesMessage;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a capture holds as files for other tools. */
@Path("/api/v1/captures/{id}/export")
public class ExportResource {
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_LINES = 100_000;
    private static final MediaType CSV = new MediaType("text", "csv", "utf-8");

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
    @Produces({"text/csv", MediaType.APPLICATION_JSON})
    @Operation(summary = "A capture's quantiles over time, buckets over time, series or console as CSV or JSON")
    @Parameter(name = "format", description = "csv or json")
    @Parameter(name = "what", description = "quantiles, buckets, series or console")
    public Uni<Response> export(@PathParam("id") UUID id, @BeanParam Choice choice) {
        boolean csv = choice.format.equals("csv");
        if (!csv && !choice.format.equals("json")) {
            throw ApiException.badRequest(
                    "format",
                    choice.format.equals("parquet")
                            ? "Parquet is not written; CSV is, and DuckDB and pandas make Parquet of it in a line"
                            : "formats are csv and json");
        }
        return switch (choice.what) {
            case "quantiles" ->
                queries.quantiles(range(id, choice), Ranges.fractions(choice.quantiles))
                        .map(found -> csv
                                ? file(id, choice, quantiles(found, Ranges.fractions(choice.quantiles)))
                                : json(id, choice, QuantilesMessage.of(found)));
            case "buckets" ->
                queries.heatmap(range(id, choice))
                        .map(found ->
                                csv ? file(id, choice, buckets(found)) : json(id, choice, HeatmapMessage.of(found)));
            case "series" ->
                series(id, choice)
                        .map(found -> csv
                                ? file(id, choice, series(found))
                                : json(
                                        id,
                                        choice,
                                        found.series().stream()
                                                .map(SeriesMessage::of)
                                                .toList()));
            case "console" ->
                queries.console(id, 0, MOST_LINES)
                        .map(found -> csv ? file(id, choice, console(found)) : json(id, choice, found.lines()));
            default -> throw ApiException.badRequest("what", "what is quantiles, buckets, series or console");
        };
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

    private static Csv quantiles(QuantilesRecord found, List<Double> asked) {
        var header = new ArrayList<>(List.of("time", "count", "gap"));
        for (double q : asked) {
            var name = "p"
                    + new BigDecimal(Double.toString(q * 100))
                            .round(new MathContext(8))
                            .stripTrailingZeros()
                            .toPlainString();
            header.add(name);
            header.add(name + "_error");
        }
        var csv = new Csv(header);
        for (var column : found.columns()) {
            var row = new ArrayList<>();
            row.add(Instant.ofEpochMilli(column.startMillis()));
            row.add(column.count());
            row.add(column.gap());
            for (int i = 0; i < asked.size(); i++) {
                row.add(column.values().isEmpty() ? null : column.values().get(i));
                row.add(column.errors().isEmpty() ? null : column.errors().get(i));
            }
            csv.row(row.toArray());
        }
        return csv;
    }

    private static Csv buckets(HeatmapRecord found) {
        var csv = new Csv(List.of("time", "low", "high", "count"));
        for (var column : found.columns()) {
            var time = Instant.ofEpochMilli(column.startMillis());
            for (int i = 0; i < column.buckets().length; i++) {
                int bucket = column.buckets()[i];
                csv.row(
                        time,
                        Buckets.foldedLower(bucket, found.precision()),
                        Buckets.foldedGreatest(bucket, found.precision()),
                        column.counts()[i]);
            }
        }
        return csv;
    }

    private static Csv series(SeriesPage found) {
        var csv =
                new Csv(List.of("series", "key", "label", "count", "sum", "min", "max", "p50", "p90", "p99", "p99.9"));
        for (var series : found.series()) {
            csv.row(
                    series.number(),
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
        return csv;
    }

    private static Csv console(ConsolePage found) {
        var csv = new Csv(List.of("seq", "time", "stream", "text"));
        for (var line : found.lines()) {
            csv.row(line.seq(), Instant.ofEpochMilli(line.timeMillis()), line.stream(), line.text());
        }
        return csv;
    }

    private static Response file(UUID id, Choice choice, Csv csv) {
        return attachment(id, choice).type(CSV).entity(csv.toString()).build();
    }

    private static Response json(UUID id, Choice choice, Object body) {
        return attachment(id, choice)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }

    private static Response.ResponseBuilder attachment(UUID id, Choice choice) {
        return Response.ok()
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + id + "-" + choice.what + "." + choice.format + "\"");
    }
}
