package io.stapscope.api;

import io.stapscope.api.error.ApiException;
import io.stapscope.api.message.ExplanationMessage;
import io.stapscope.capture.CaptureService;
import io.stapscope.pipeline.Explanation;
import io.stapscope.statistics.Buckets;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Why a part of a heat map is different. Answered from what the run keeps in memory: its last five minutes. */
@Path("/api/v1/runs/{id}/explain")
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {
    private final CaptureService captures;

    ExplainResource(CaptureService captures) {
        this.captures = captures;
    }

    /**
     * @param agg the aggregate; 0 when left out
     * @param from milliseconds since 1970; the beginning of the run when left out
     * @param to milliseconds since 1970, exclusive; now when left out
     * @param first least bucket number of the selection; no bound when left out
     * @param last greatest bucket number of the selection; no bound when left out
     */
    @GET
    @Operation(summary = "Compare a selection of a running capture with the rest, by each kind of key")
    public ExplanationMessage explain(
            @PathParam("id") UUID id,
            @QueryParam("agg") int agg,
            @QueryParam("from") @Nullable Long from,
            @QueryParam("to") @Nullable Long to,
            @QueryParam("first") @Nullable Integer first,
            @QueryParam("last") @Nullable Integer last) {
        var capture = captures.find(id);
        if (capture == null) {
            throw ApiException.notFound("no_such_run", "no run " + id + " is active; it may be among the captures");
        }
        var view = capture.view();
        if (view.aggregates().stream().noneMatch(each -> each.agg() == agg)) {
            throw ApiException.notFound("no_such_aggregate", "this run has no aggregate " + agg);
        }
        Ranges.moment("from", from);
        Ranges.moment("to", to);
        long start = view.startedAtMillis();
        var box = new Explanation.Box(
                from == null ? Long.MIN_VALUE / 2 : from - start,
                to == null ? Long.MAX_VALUE / 2 : to - start,
                first == null ? -Buckets.MAX : first,
                last == null ? Buckets.MAX : last);
        return ExplanationMessage.of(capture.hub().explain(agg, box));
    }
}
