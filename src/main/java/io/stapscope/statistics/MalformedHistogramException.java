package io.stapscope.statistics;

/** Bytes that are not what a codec of this package wrote. */
public final class MalformedHistogramException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedHistogramException(String message) {
        super(message);
    }
}
