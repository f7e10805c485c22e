package io.stapscope.capture;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two processes, one with a hostile name. */
@Alternative
@Priority(1)
@Singleton
public class TestProcesses implements Processes {
    @Override
    public List<ProcessInfo> list() {
        return List.of(
                new ProcessInfo(4711, "postgres", "/usr/bin/postgres", "postgres -D data"),
                new ProcessInfo(4712, "<img src=x>", "/tmp/x", "x"));
    }

    @Override
    public @Nullable String name(int pid) {
        return switch (pid) {
            case 4711 -> "postgres";
            case 4712 -> "<img\u00ff\u001b>";
            default -> null;
        };
    }
}
