package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.CaptureMessage;
import io.stapscope.api.message.CoverageMessage;
import io.stapscope.api.message.FlameMessage;
import io.stapscope.api.message.HeatmapMessage;
import io.stapscope.api.message.QuantilesMessage;
import io.stapscope.api.message.SeriesMessage;
import io.stapscope.capture.CaptureService;
import io.stapscope.history.CaptureQueries;
import io.stapscope.history.CaptureSearch;
import io.stapscope.history.ConsolePage;
import io.stapscope.history.Facet;
import io.stapscope.history.SeriesPage;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Stored captures and the distributions in them. */
@Path("/api/v1/captures")
@Produces(MediaType.APPLICATION_JSON)
public class CaptureResource {
    private static final int MOST_CAPTURES = 500;
    private static final int MOST_SERIES = 10_000;
    private static final int MOST_LINES = 10_000;

    private final CaptureQueries queries;
    private final CaptureService captures;

    CaptureResource(CaptureQueries queries, CaptureService captures) {
        this.queries = queries;
        this.captures = captures;
    }

    @GET
    @Operation(summary = "Search captures, newest first")
    public Uni<CapturesMessage> search(
            @Parameter(
                            description =
                                    "words, each a part of script, name, target, arguments, tags or host, or the begin of a key")
                    @QueryParam("query")
                    @Nullable
                    String query,
            @QueryParam("tag") @Nullable String tag,
            @QueryParam("host") @Nullable String host,
            @Parameter(description = "a key, its label, or a word of the label") @QueryParam("key") @Nullable
                    String key,
            @Parameter(description = "milliseconds since 1970; captures that went on after it")
                    @QueryParam("from")
                    @Nullable
                    Long from,
            @Parameter(description = "milliseconds since 1970; captures that began before it")
                    @QueryParam("to")
                    @Nullable
                    Long to,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("offset") @DefaultValue("0") int offset) {
        var words = CaptureSearch.words(query);
        if (words.size() > CaptureSearch.MOST_WORDS) {
            throw ApiException.badRequest(
                    "query", "at most " + CaptureSearch.MOST_WORDS + " words can be searched for");
        }
        var search = new CaptureSearch(
                words,
                Ranges.blank(tag),
                Ranges.blank(host),
                Ranges.blank(key),
                Ranges.moment("from", from),
                Ranges.moment("to", to));
        return queries.search(
                        search,
                        Ranges.within("limit", limit, 1, MOST_CAPTURES),
                        Ranges.within("offset", offset, 0, 1_000_000))
                .map(page -> new CapturesMessage(
                        page.captures().stream().map(CaptureMessage::of).toList(), page.total()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A stored capture")
    public Uni<CaptureMessage> get(@PathParam("id") UUID id) {
        return queries.find(id).map(CaptureMessage::of);
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(summary = "Remove a capture and all it stored")
    public Uni<Void> delete(@PathParam("id") UUID id) {
        if (captures.running().stream().anyMatch(capture -> capture.id().equals(id))) {
            throw new ApiException(
                    409, "still_running", "this capture still runs; stop it first", Map.of("id", id), List.of());
        }
        return queries.delete(id);
    }

    @GET
    @Path("/{id}/series")
    @Operation(summary = "The largest series of a facet")
    public Uni<SeriesListMessage> series(
            @PathParam("id") UUID id,
            @QueryParam("agg") @DefaultValue("0") int agg,
            @QueryParam("facet") @DefaultValue("total") String facet,
            @Parameter(description = "milliseconds since 1970; without from and to the whole capture")
                    @QueryParam("from")
                    @Nullable
                    Long from,
            @QueryParam("to") @Nullable Long to,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        var parsed = Ranges.facet(facet);
        Ranges.within("limit", limit, 1, MOST_SERIES);
        var page = from == null && to == null
                ? queries.series(id, agg, parsed, limit)
                : queries.series(Ranges.of(id, agg, "total", "0", from, to, 1), parsed, limit);
        return page.map(SeriesListMessage::of);
    }

    @GET
    @Path("/{id}/flame")
    @Operation(summary = "What a capture has counted by stack, as a tree of calls")
    public Uni<FlameMessage> flame(
            @PathParam("id") UUID id,
            @QueryParam("agg") @DefaultValue("0") int agg,
            @QueryParam("value") @DefaultValue("count") String value) {
        boolean sums = FlameTrees.isSum(value);
        return queries.find(id)
                .invoke(found -> FlameTrees.check(found.aggregates(), agg))
                .chain(() -> queries.series(id, agg, Facet.TOTAL, 1))
                .chain(total -> queries.series(id, agg, Facet.FULL, MOST_SERIES)
                        .map(stacks -> FlameMessage.of(FlameTrees.of(stacks, total, sums))));
    }

    @GET
    @Path("/{id}/heatmap")
    @Operation(summary = "A series over a range of time as columns of buckets")
    public Uni<HeatmapMessage> heatmap(@PathParam("id") UUID id, @BeanParam RangeChoice choice) {
        return queries.heatmap(choice.of(id)).map(HeatmapMessage::of);
    }

    @GET
    @Path("/{id}/quantiles")
    @Operation(summary = "Quantiles of a series over a range of time, and of the range as a whole")
    public Uni<QuantilesMessage> quantiles(
            @PathParam("id") UUID id,
            @BeanParam RangeChoice choice,
            @QueryParam("q") @DefaultValue("0.5,0.9,0.99") String quantiles) {
        return queries.quantiles(choice.of(id), Ranges.fractions(quantiles)).map(QuantilesMessage::of);
    }

    @GET
    @Path("/{id}/console")
    @Operation(summary = "Lines the script printed")
    public Uni<ConsoleMessage> console(
            @PathParam("id") UUID id,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return queries.console(
                        id,
                        Ranges.within("after", after, 0, Long.MAX_VALUE - 1),
                        Ranges.within("limit", limit, 1, MOST_LINES))
                .map(ConsoleMessage::of);
    }

    /** A part of a search's result; {@code total} counts all that match. */
    public record CapturesMessage(List<CaptureMessage> captures, long total) {}

    /**
     * The largest series of a facet; {@code total} counts all of them.
     *
     * @param coverage the exact range; null for the whole capture
     */
    public record SeriesListMessage(
            List<SeriesMessage> series,
            long total,
            @Nullable CoverageMessage coverage) {
        static SeriesListMessage of(SeriesPage page) {
            return new SeriesListMessage(
                    page.series().stream().map(SeriesMessage::of).toList(),
                    page.total(),
                    page.coverage() == null ? null : CoverageMessage.of(page.coverage()));
        }
    }

    /** Lines of a console; {@code next} is the {@code after} of the following page. */
    public record ConsoleMessage(List<Line> lines, long next) {
        /** @param t milliseconds since 1970 */
        public record Line(long seq, long t, String stream, String text) {}

        static ConsoleMessage of(ConsolePage page) {
            return new ConsoleMessage(
                    page.lines().stream()
                            .map(line -> new Line(line.seq(), line.timeMillis(), line.stream(), line.text()))
                            .toList(),
                    page.next());
        }
    }
}
