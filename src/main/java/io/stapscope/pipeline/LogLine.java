package io.stapscope.pipeline;

/**
 * One line a script printed.
 *
 * @param seq from 1 within the run, without holes
 * @param millis since 1970
 * @param error whether it belongs to the error stream
 * @param text without its line end, fit to be shown
 */
public record LogLine(long seq, long millis, boolean error, String text) {}
