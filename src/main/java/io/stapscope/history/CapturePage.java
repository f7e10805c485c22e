package io.stapscope.history;

import java.util.List;

/** A part of a search's result, newest first; {@code total} counts all that match. */
public record CapturePage(List<CaptureRecord> captures, long total) {
    public CapturePage {
        captures = List.copyOf(captures);
    }
}
