package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.api.message.ComparisonMessage;
import io.stapscope.history.CaptureQueries;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Two captures, or two ranges of one, beside one another. */
@Path("/api/v1/compare")
@Produces(MediaType.APPLICATION_JSON)
public class CompareResource {
    private static final int MOST_KEYS = 200;

    private final CaptureQueries queries;

    CompareResource(CaptureQueries queries) {
        this.queries = queries;
    }

    /** One side; b is like a unless it says otherwise. */
    public static final class Sides {
        @QueryParam("a")
        public @Nullable UUID a;

        @QueryParam("b")
        public @Nullable UUID b;

        @QueryParam("aAgg")
        @DefaultValue("0")
        public int aAgg;

        @QueryParam("bAgg")
        public @Nullable Integer bAgg;

        @QueryParam("aSeries")
        @DefaultValue("0")
        public String aSeries = "0";

        @QueryParam("bSeries")
        @DefaultValue("0")
        public String bSeries = "0";

        @QueryParam("aFrom")
        public @Nullable Long aFrom;

        @QueryParam("aTo")
        public @Nullable Long aTo;

        @QueryParam("bFrom")
        public @Nullable Long bFrom;

        @QueryParam("bTo")
        public @Nullable Long bTo;
    }

    @GET
    @Operation(summary = "What became of each quantile from a to b, how far apart they are, and the same by key")
    public Uni<ComparisonMessage> compare(
            @BeanParam Sides sides,
            @QueryParam("q") @DefaultValue("0.5,0.9,0.99") String quantiles,
            @Parameter(description = "facet whose keys are compared, too") @QueryParam("facet") @Nullable String facet,
            @QueryParam("keys") @DefaultValue("20") int keys) {
        var a = Ranges.given("a", sides.a);
        var b = sides.b == null ? a : sides.b;
        int bAgg = sides.bAgg == null ? sides.aAgg : sides.bAgg;
        return queries.compare(
                        Ranges.of(a, sides.aAgg, "full", sides.aSeries, sides.aFrom, sides.aTo, 1),
                        Ranges.of(b, bAgg, "full", sides.bSeries, sides.bFrom, sides.bTo, 1),
                        Ranges.fractions(quantiles),
                        facet == null ? null : Ranges.facet(facet),
                        Ranges.within("keys", keys, 0, MOST_KEYS))
                .map(ComparisonMessage::of);
    }
}
