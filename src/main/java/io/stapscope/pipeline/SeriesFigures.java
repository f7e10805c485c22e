package io.stapscope.pipeline;

/**
 * What a series has counted since the start of its run.
 *
 * @param sum of the values, in the aggregate's unit
 */
public record SeriesFigures(LiveSeries series, long count, long sum) {}
