package io.stapscope.pipeline;

import java.util.List;

/** One message to one subscriber of a run, before it is put into bytes. */
public sealed interface LiveMessage {
    /**
     * Series of one aggregate: new ones before their first counts, known ones when their keys have other words or when they
     * count again after a silence.
     *
     * @param of how many series the facet has had so far
     */
    record Dictionary(int agg, long seq, List<Told> series, int of) implements LiveMessage {}

    /** @param count since the start, without the intervals that are sent after this */
    record Told(LiveSeries series, long count) {}

    /** The kept columns of one aggregate, and the counts since the start of its total and of the series that are told. */
    record Snapshot(int agg, long seq, List<Column> columns, List<SeriesTotal> totals) implements LiveMessage {}

    /** One interval of one aggregate. */
    record Delta(int agg, Column column) implements LiveMessage {}

    /** Several intervals that a slow subscriber gets as one. */
    record Coalesced(int agg, long firstSeq, Column column) implements LiveMessage {}

    /** @param millis since the run began */
    record Stats(long seq, long millis, LossReport losses) implements LiveMessage {}

    /** @param dropped lines left out before these */
    record Log(long seq, List<LogLine> lines, long dropped) implements LiveMessage {}

    /**
     * A marker.
     *
     * @param millis since the run began
     * @param state of the run, as it is called on the wire
     */
    record Event(long seq, long millis, String kind, String text, String state) implements LiveMessage {}

    /**
     * The total and the series of the chosen facet in one interval.
     *
     * @param startMillis since the run began
     * @param partial the facet's series are no longer kept
     */
    record Column(
            long seq,
            long startMillis,
            long lengthMillis,
            List<SeriesDelta> series,
            boolean partial,
            boolean gap,
            boolean lost) {}

    /** @param count since the start */
    record SeriesTotal(int series, long count) {}
}
