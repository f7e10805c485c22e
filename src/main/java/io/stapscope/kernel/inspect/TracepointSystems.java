package io.stapscope.kernel.inspect;

import io.stapscope.kernel.syscall.DetachedMount;
import io.stapscope.kernel.syscall.KernelException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of the kernel's tracepoints, as the tracing file system shows them: where it is mounted and readable, or,
 * with the right to mount, wherever it is.
 */
final class TracepointSystems {
    private static final List<Path> PLACES =
            List.of(Path.of("/sys/kernel/tracing/events"), Path.of("/sys/kernel/debug/tracing/events"));

    private TracepointSystems() {}

    /** Tracepoint to group; empty when nothing can be read. */
    static Map<String, String> read() {
        for (var place : PLACES) {
            if (Files.isReadable(place)) {
                var found = read(place);
                if (!found.isEmpty()) {
                    return Map.copyOf(found);
                }
            }
        }
        return readUnmounted();
    }

    private static Map<String, String> readUnmounted() {
        try (var mount = DetachedMount.of("tracefs")) {
            return Map.copyOf(read(mount.root().resolve("events")));
        } catch (KernelException e) {
            return Map.of();
        }
    }

    private static Map<String, String> read(Path place) {
        var found = new HashMap<String, String>();
        for (var system : entries(place)) {
            for (var event : entries(place.resolve(system))) {
                found.putIfAbsent(event, system);
            }
        }
        return found;
    }

    /** Names of directories and files; none for what is a file itself or cannot be read. */
    private static List<String> entries(Path directory) {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(path -> names.add(String.valueOf(path.getFileName())));
        } catch (IOException e) {
            return List.of();
        }
        return names;
    }
}
