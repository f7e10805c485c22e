package io.stapscope.history;

import java.util.List;

/** A part of a console; {@code next} is the {@code after} of the following page. */
public record ConsolePage(List<ConsoleLine> lines, long next) {
    public ConsolePage {
        lines = List.copyOf(lines);
    }
}
