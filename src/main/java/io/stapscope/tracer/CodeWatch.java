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
import org.jspecify.annotations.Nullable;

/**
 * Looks after the files that are probed. Where one is written, instructions may begin elsewhere than before: its probes go at
 * once. One that another has replaced keeps its probes for the processes that still run it; the other one is offered as soon as
 * nobody writes to it any more.
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
        /** Whether the path stands for all processes that run what is found there. */
        private boolean named;

        private boolean told;
        /** Another file at the path, when it was looked at last. */
        private @Nullable State candidate;

        private @Nullable State offered;

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

    /** Learns what has become of probed files. */
    interface Finder {
        /** @param kind of an event */
        void tell(String kind, String text);

        /** Another file has come to stay in the place of a probed one. */
        void replaced(String path);
    }

    /**
     * Keeps a file open.
     *
     * @param by the path it is found by now
     * @param path the script's
     * @param process whose program it is; 0 for that of all who run it
     */
    FileHandle hold(String by, String path, int process, BpfProgram program) {
        var watched = files.computeIfAbsent(by, _ -> new Watched(FileHandle.open(by), path));
        watched.programs.add(program);
        watched.named |= process == 0;
        return watched.handle;
    }

    /** Somebody else looks after what is at a path from now on; the probes stay. */
    void supersede(String path) {
        files.values().stream().filter(file -> file.path.equals(path)).forEach(file -> file.named = false);
    }

    void look(long now, Finder finder) {
        if (files.isEmpty() || now < next) {
            return;
        }
        next = now + PERIOD_NANOS;
        files.values().removeIf(file -> {
            var state = State.of(file.handle.path());
            if (state == null || !state.equals(file.state)) {
                objects.detach(file.programs);
                file.handle.close();
                finder.tell("target_rewritten", file.path + " was written to: its probes are gone");
                return true;
            }
            if (file.named) {
                lookAtPath(file, state.identity(), finder);
            }
            return false;
        });
    }

    private static void lookAtPath(Watched file, FileIdentity probed, Finder finder) {
        var now = State.of(file.path);
        if (now != null && now.identity().equals(probed)) {
            return;
        }
        if (!file.told) {
            file.told = true;
            finder.tell(
                    "target_replaced",
                    file.path + (now == null ? " was removed" : " was replaced")
                            + ": processes that run the old file stay probed");
        }
        if (now != null && now.equals(file.candidate) && !now.equals(file.offered)) {
            file.offered = now;
            finder.replaced(file.path);
        }
        file.candidate = now;
    }

    @Override
    public void close() {
        files.values().forEach(file -> file.handle.close());
        files.clear();
    }
}
