package io.stapscope.history;

/**
 * One line a script printed.
 *
 * @param seq from 1 within the capture, without holes
 * @param timeMillis since 1970
 * @param stream out or err
 * @param text readable text, without the line end
 */
public record ConsoleLine(long seq, long timeMillis, String stream, String text) {}
