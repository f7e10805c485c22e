package io.stapscope.api;

import io.stapscope.history.SeriesRange;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which series of a capture, over which time; times are milliseconds since 1970. */
public final class RangeChoice {
    @QueryParam("agg")
    @DefaultValue("0")
    public int agg;

    @QueryParam("facet")
    @DefaultValue("total")
    public String facet = "total";

    @Parameter(description = "numbers of series with commas between; several are added up")
    @QueryParam("series")
    @DefaultValue("0")
    public String series = "0";

    @QueryParam("from")
    public @Nullable Long from;

    @QueryParam("to")
    public @Nullable Long to;

    @QueryParam("columns")
    @DefaultValue("600")
    public int columns;

    SeriesRange of(UUID capture) {
        return Ranges.of(capture, agg, facet, series, from, to, columns);
    }
}
