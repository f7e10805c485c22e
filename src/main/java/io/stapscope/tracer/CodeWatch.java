package io.stapscope.tracer;

import io.stapscope.kernel.inspect.FileIdentity;
import io.stapscope.kernel.link.KernelObjects;
import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.syscall.FileHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the files that are probed. Where one is written, instructions may begin elsewhere than before: its probes go at
 * once. One that another has replaced keeps its probes for the processes that still run it.
 */
final class CodeWatch implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final KernelObjects objects;
    private final Map<String, Watched> files = new LinkedHashMap<>();
    private long next;

    CodeWatch(KernelObjects objects) {
        this.objects = objects;
    }

    private static final class Watched {
        private final FileHandle handle;
        private final String path;
        private final @Nullable State state;
        private final List<BpfProgram> programs = new ArrayList<>();
        private boolean replaced;

        Watched(FileHandle handle, String path) {
            this.handle = handle;
            this.path = path;
            state = State.of(handle.path());
        }
    }

    private record State(FileIdentity identity, long size, FileTime written) {
        static @Nullable State of(String path) {
            try {
                var file = Path.of(path);
                return new State(FileIdentity.of(file), Files.size(file), Files.getLastModifiedTime(file));
            } catch (IOException e) {
                return null;
            }
        }
    }

    /**
     * Keeps a file open.
     *
     * @param by the path it is found by now
     * @param path the script's
     */
    FileHandle hold(String by, String path, BpfProgram program) {
        var watched = files.computeIfAbsent(by, _ -> new Watched(FileHandle.open(by), path));
        watched.programs.add(program);
        return watched.handle;
    }

    /** @param tell takes the kind of an event, and its text */
    void look(long now, BiConsumer<String, String> tell) {
        if (files.isEmpty() || now < next) {
            return;
        }
        next = now + PERIOD_NANOS;
        files.values().removeIf(file -> {
            var state = State.of(file.handle.path());
            if (state == null || !state.equals(file.state)) {
                objects.detach(file.programs);
                file.handle.close();
                tell.accept("target_rewritten", file.path + " was written to: its probes are gone");
                return true;
            }
            var named = State.of(file.path);
            if (!file.replaced && (named == null || !named.identity().equals(state.identity()))) {
                file.replaced = true;
                tell.accept(
                        "target_replaced",
                        file.path + " was replaced or removed: what starts from now on is not probed");
            }
            return false;
        });
    }

    @Override
    public void close() {
        files.values().forEach(file -> file.handle.close());
        files.clear();
    }
}
