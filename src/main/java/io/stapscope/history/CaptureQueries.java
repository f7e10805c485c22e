package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what is stored. Anything about a capture or series that does not exist fails with
 * {@link NoSuchCaptureException}.
 */
public interface CaptureQueries {
    /** Newest first; the words of the query must all occur in script, name, host, target or tags. */
    Uni<CapturePage> search(@Nullable String query, int limit, int offset);

    Uni<CaptureRecord> find(UUID capture);

    /** Removes a capture and all it stored. */
    Uni<Void> delete(UUID capture);

    /** The series of a facet with the most counts. */
    Uni<SeriesPage> series(UUID capture, int agg, Facet facet, int limit);

    Uni<HeatmapRecord> heatmap(SeriesRange range);

    /** Each quantile is within 0 to 1. */
    Uni<QuantilesRecord> quantiles(SeriesRange range, List<Double> quantiles);

    /** Lines with a seq greater than {@code after}. */
    Uni<ConsolePage> console(UUID capture, long after, int limit);
}
