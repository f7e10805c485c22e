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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The history in PostgreSQL. One thread serves the writers of all captures; it never waits for the database. */
@ApplicationScoped
class StoredHistory implements History {
    private static final Logger LOG = Logger.getLogger(StoredHistory.class);
    private static final int LAST = 1_000_000;
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final CaptureStore store;
    private final Duration flushInterval;
    private final Set<CaptureWriter> writers = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("history").daemon().factory());

    StoredHistory(
            CaptureStore store,
            @ConfigProperty(name = "stapscope.history.flush-interval", defaultValue = "2s") Duration flushInterval) {
        this.store = store;
        this.flushInterval = flushInterval;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void begin(@Observes StartupEvent event) {
        var unused = executor.scheduleWithFixedDelay(
                this::flush, flushInterval.toMillis(), flushInterval.toMillis(), TimeUnit.MILLISECONDS);
        store.endInterrupted(hostName())
                .subscribe()
                .with(
                        ended -> {
                            if (ended > 0) {
                                LOG.infof("%d captures had been interrupted", ended);
                            }
                        },
                        failure -> LOG.warnf("cannot look for interrupted captures: %s", failure));
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
            LOG.warnf("%d captures were not stored completely", closing.length);
        }
        executor.shutdown();
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
    public HistoryWriter open(CaptureStart start) {
        var writer = new CaptureWriter(start, store, executor, writers::remove);
        writers.add(writer);
        executor.execute(writer::flush);
        return writer;
    }
}
