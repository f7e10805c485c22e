package io.stapscope.history;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The history in PostgreSQL. One thread serves the writers of all captures; it never waits for the database. */
@ApplicationScoped
class StoredHistory implements History {
    private static final Logger LOG = Logger.getLogger(StoredHistory.class);
    private static final int LAST = 1_000_000;
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CaptureStore store;
    private final Duration flushInterval;
    private final @Nullable Spill spill;
    private final @Nullable SpillReplay replay;
    private final Set<CaptureWriter> writers = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor executor = single("history");
    private final ScheduledThreadPoolExecutor replayer = single("history-replay");
    private boolean interruptedEnded;

    StoredHistory(
            CaptureStore store,
            HistorySettings settings,
            @ConfigProperty(name = "stapscope.state-directory") Optional<String> stateDirectory) {
        this.store = store;
        this.flushInterval = settings.flushInterval();
        this.spill = stateDirectory
                .map(state ->
                        openSpill(Path.of(state, "spill"), settings.spillQuota().asLongValue()))
                .orElse(null);
        this.replay = openReplay(spill, store);
    }

    private static ScheduledThreadPoolExecutor single(String name) {
        var executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    private static @Nullable Spill openSpill(Path folder, long quotaBytes) {
        try {
            return Spill.open(folder, quotaBytes);
        } catch (IOException e) {
            LOG.errorf("nothing can wait on disk for the database, only in memory: %s", e);
            return null;
        }
    }

    private static @Nullable SpillReplay openReplay(@Nullable Spill spill, CaptureStore store) {
        try {
            return spill == null ? null : new SpillReplay(spill, store);
        } catch (IOException e) {
            LOG.errorf("what waits on disk cannot be read: %s", e);
            return null;
        }
    }

    void begin(@Observes StartupEvent event) {
        var unused = executor.scheduleWithFixedDelay(
                this::flush, flushInterval.toMillis(), flushInterval.toMillis(), TimeUnit.MILLISECONDS);
        var replaying = replayer.scheduleWithFixedDelay(this::replay, 0, 1, TimeUnit.SECONDS);
    }

    /** Stores what waits on disk, and once, after that, ends the captures that another process left unended. */
    private void replay() {
        try {
            if (spill != null) {
                spill.sync();
            }
            if (replay != null && !replay.isDone()) {
                replay.run();
            }
            if (!interruptedEnded) {
                int ended = store.endInterrupted(hostName()).await().atMost(PATIENCE);
                interruptedEnded = true;
                if (ended > 0) {
                    LOG.infof("%d captures had been interrupted", ended);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debugf("what waits on disk goes on waiting: %s", e);
        }
    }

    /** After those who still write, who observe with a smaller priority: what they closed gets a moment to be stored. */
    void end(@Observes @Priority(LAST) ShutdownEvent event) {
        var closing = writers.stream()
                .filter(CaptureWriter::isClosing)
                .map(CaptureWriter::closed)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(closing)
                    .orTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            leaveToDisk();
        }
        executor.shutdown();
        replayer.shutdownNow();
        try {
            if (spill != null) {
                spill.close();
            }
        } catch (IOException e) {
            LOG.warnf("what waits on disk may be incomplete: %s", e);
        }
    }

    private void leaveToDisk() {
        for (var writer : writers) {
            boolean kept = CompletableFuture.supplyAsync(writer::leaveToDisk, executor)
                    .completeOnTimeout(false, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            if (!kept) {
                LOG.warn("a capture was not stored completely");
            }
        }
    }

    private void flush() {
        for (var writer : writers) {
            try {
                writer.flush();
            } catch (RuntimeException e) {
                LOG.error("a capture cannot be written", e);
            }
        }
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public StoreFigures figures() {
        if (spill == null || replay == null) {
            return StoreFigures.NONE;
        }
        return new StoreFigures(
                spill.spilled(),
                replay.replayed(),
                spill.waiting(),
                replay.corrupt(),
                spill.droppedLines(),
                replay.refused(),
                spill.bytes());
    }

    @Override
    public HistoryWriter open(CaptureStart start) {
        var writer = new CaptureWriter(start, store, spill, executor, writers::remove);
        writers.add(writer);
        executor.execute(writer::flush);
        return writer;
    }
}
