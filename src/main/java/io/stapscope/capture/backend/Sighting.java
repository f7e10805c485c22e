package io.stapscope.capture.backend;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one look found, by pid. Immutable; another look is another object. */
public record Sighting(Map<Integer, Backend> byPid) {
    public static final Sighting NONE = new Sighting(Map.of());

    public Sighting {
        byPid = Map.copyOf(byPid);
    }

    public @Nullable Backend find(int pid) {
        return byPid.get(pid);
    }
}
