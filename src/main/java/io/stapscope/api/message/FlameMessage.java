package io.stapscope.api.message;

import io.stapscope.capture.Flame;
import java.util.List;

/**
 * A tree of calls.
 *
 * @param name of the function; of the root {@code all}
 * @param value counts, or the sum of the values in the aggregate's unit, here and in all that was called from here
 * @param children functions that were called from here, by name; empty for a leaf
 */
public record FlameMessage(String name, long value, List<FlameMessage> children) {
    public static FlameMessage of(Flame flame) {
        return new FlameMessage(
                flame.name(),
                flame.value(),
                flame.children().stream().map(FlameMessage::of).toList());
    }
}
