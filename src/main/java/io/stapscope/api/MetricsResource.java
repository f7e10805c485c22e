package io.stapscope.api;

import io.smallrye.mutiny.Uni;
import io.stapscope.history.Facet;
import io.stapscope.history.RunningTotals;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Running captures for Prometheus. Besides a session, the bearer token of the file {@code scrape-token} opens it. */
@Path("/api/v1/metrics/series")
public class MetricsResource {
    private static final int MOST_SERIES = 200;

    private final RunningTotals totals;

    MetricsResource(RunningTotals totals) {
        this.totals = totals;
    }

    @GET
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    @Operation(summary = "Running captures since they began, as classic histograms whose le is exact for integers")
    public Uni<String> scrape(
            @Parameter(description = "facets with commas between") @QueryParam("facets") @DefaultValue("total")
                    String facets,
            @Parameter(description = "of each capture, aggregate and facets together")
                    @QueryParam("series")
                    @DefaultValue("50")
                    int series) {
        return totals.read(facets(facets), Ranges.within("series", series, 1, MOST_SERIES))
                .map(PrometheusText::of);
    }

    private static List<Facet> facets(String words) {
        var facets = new ArrayList<Facet>();
        for (var word : words.split(",", Facet.values().length + 1)) {
            facets.add(Ranges.facet(word.strip()));
        }
        return facets;
    }
}
