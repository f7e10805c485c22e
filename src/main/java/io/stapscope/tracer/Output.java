package io.stapscope.tracer;

/**
 * Text a script printed.
 *
 * @param stream where it belongs
 * @param text as a byte string: each char is one byte; may hold several lines or a part of one
 */
public record Output(Stream stream, String text) {
    /** Standard output for print, error stream for WARNING and ERROR lines. */
    public enum Stream {
        OUT,
        ERROR
    }
}
