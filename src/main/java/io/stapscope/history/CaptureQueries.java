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
    /** Newest first. */
    Uni<CapturePage> search(CaptureSearch search, int limit, int offset);

    Uni<CaptureRecord> find(UUID capture);

    /** Removes a capture and all it stored. */
    Uni<Void> delete(UUID capture);

    /** The series of a facet with the most counts. */
    Uni<SeriesPage> series(UUID capture, int agg, Facet facet, int limit);

    /** The same in a range, in whole minutes; {@code range.series} does not matter. */
    Uni<SeriesPage> series(SeriesRange range, Facet facet, int limit);

    /** Everything a range counted. */
    Uni<Distribution> distribution(SeriesRange range);

    /**
     * Two ranges, of one capture or two.
     *
     * @param facet whose keys are compared, too; null for none
     * @param keys how many of them at most
     */
    Uni<ComparisonRecord> compare(
            SeriesRange a, SeriesRange b, List<Double> quantiles, @Nullable Facet facet, int keys);

    Uni<HeatmapRecord> heatmap(SeriesRange range);

    /** Each quantile is within 0 to 1. */
    Uni<QuantilesRecord> quantiles(SeriesRange range, List<Double> quantiles);

    /** Lines with a seq greater than {@code after}. */
    Uni<ConsolePage> console(UUID capture, long after, int limit);
}
