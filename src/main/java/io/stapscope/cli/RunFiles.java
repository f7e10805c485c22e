package io.stapscope.cli;

import io.stapscope.kernel.syscall.NamedPipe;
import io.stapscope.tracer.Run;
import io.stapscope.tracer.RunFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run as FIFOs in a folder of their own, for {@code cat} and {@code echo}: {@code procfs("name").read} is
 * {@code name}, and {@code procfs("name").write} too, or {@code name.in} when both are there.
 */
final class RunFiles implements AutoCloseable {
    private final Run run;
    private final @Nullable Path folder;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RunFiles(Run run, @Nullable Path folder) {
        this.run = run;
        this.folder = folder;
    }

    /** Makes the files; nothing when the script has none. */
    static RunFiles open(Run run) throws IOException {
        if (run.files().isEmpty()) {
            return new RunFiles(run, null);
        }
        var folder =
                Files.createTempDirectory("stapscope-" + ProcessHandle.current().pid() + "-");
        var files = new RunFiles(run, folder);
        Runtime.getRuntime().addShutdownHook(new Thread(files::close));
        System.err.println("stapscope run: files of this script: " + folder);
        for (var file : run.files()) {
            var path = folder.resolve(file.name());
            Files.createDirectories(path.getParent());
            if (file.readable()) {
                files.serve(path, file, false);
            }
            if (file.writable()) {
                files.serve(file.readable() ? path.resolveSibling(path.getFileName() + ".in") : path, file, true);
            }
        }
        return files;
    }

    private void serve(Path path, RunFile file, boolean written) {
        NamedPipe.create(path, file.mode());
        Thread.ofPlatform().daemon().name("file " + file.name()).start(() -> {
            try {
                while (!closed.get()) {
                    if (written) {
                        take(path, file);
                    } else {
                        give(path, file);
                    }
                }
            } catch (IOException | CompletionException e) {
                // The run has ended, and its folder is gone.
                closed.set(true);
            }
        });
    }

    /** Waits for a reader and gives it the content. The next reader gets a new pipe, or it would join this one. */
    private void give(Path path, RunFile file) throws IOException {
        try (var pipe = Files.newOutputStream(path)) {
            var next = path.resolveSibling(path.getFileName() + ".next");
            NamedPipe.create(next, file.mode());
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
            pipe.write(
                    run.read(file.name()).orTimeout(5, TimeUnit.SECONDS).join().getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // A reader that went away before it read.
            if (!Files.exists(path)) {
                throw e;
            }
        }
    }

    private void take(Path path, RunFile file) throws IOException {
        String content;
        try (InputStream pipe = Files.newInputStream(path)) {
            content = new String(pipe.readNBytes(file.most()), StandardCharsets.ISO_8859_1);
        }
        run.write(file.name(), content).join();
    }

    @Override
    public void close() {
        if (folder == null || !closed.compareAndSet(false, true)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("stapscope run: cannot remove " + folder + ": " + e.getMessage());
        }
    }
}
