package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes one capture. All state belongs to the one thread of the executor, which never waits: callers hand their
 * windows over to it, and it has at most one transaction under way, whose end comes back to it as another task.
 */
final class CaptureWriter implements HistoryWriter {
    private static final Logger LOG = Logger.getLogger(CaptureWriter.class);

    private static final int MOST_MINUTES = 20_000;
    private static final int MOST_LINES = 100_000;
    private static final Duration GIVE_UP_CLOSING_AFTER = Duration.ofSeconds(30);
    private static final Duration OPERATION_LIMIT = Duration.ofSeconds(20);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final CaptureStart start;
    private final Store store;
    private final ScheduledExecutorService executor;
    private final Consumer<CaptureWriter> onClosed;
    private final CaptureMinutes minutes;
    private final Backlog backlog = new Backlog(MOST_MINUTES, MOST_LINES);
    private final CompletableFuture<StoreStatus> closed = new CompletableFuture<>();

    private boolean opened;
    private boolean busy;
    private CaptureState state = CaptureState.STARTING;
    private CaptureState storedState = CaptureState.STARTING;
    private @Nullable CaptureEnd end;
    private long retryAtNanos;
    private @Nullable String lastError;
    private volatile boolean closing;
    private volatile StoreStatus status = new StoreStatus(0, 0, 0, null);

    /** The database as the writer sees it; every operation may be repeated. */
    interface Store {
        Uni<Void> open(CaptureStart start);

        Uni<Void> write(CaptureStart start, Backlog.Batch batch);

        Uni<Void> state(CaptureStart start, CaptureState state);

        Uni<Void> end(CaptureStart start, CaptureEnd end, long refused);
    }

    CaptureWriter(
            CaptureStart start, Store store, ScheduledExecutorService executor, Consumer<CaptureWriter> onClosed) {
        this.start = start;
        this.store = store;
        this.executor = executor;
        this.onClosed = onClosed;
        this.minutes = new CaptureMinutes(start.aggregates());
    }

    @Override
    public void write(WindowRecord window) {
        executor.execute(() -> {
            try {
                minutes.add(window, backlog);
            } catch (RuntimeException e) {
                LOG.errorf(e, "window %d of capture %s cannot be stored", window.number(), start.id());
                backlog.refuse(1);
                lastError = e.getMessage();
            }
            publishStatus();
        });
    }

    @Override
    public void console(List<ConsoleLine> lines) {
        var copy = List.copyOf(lines);
        executor.execute(() -> {
            backlog.put(copy);
            publishStatus();
        });
    }

    @Override
    public void relabel(WindowRecord.Series series) {
        executor.execute(() -> backlog.put(series));
    }

    @Override
    public void state(CaptureState newState) {
        executor.execute(() -> {
            state = newState;
            flush();
        });
    }

    @Override
    public StoreStatus status() {
        return status;
    }

    @Override
    public Uni<StoreStatus> close(CaptureEnd captureEnd) {
        closing = true;
        executor.execute(() -> {
            end = captureEnd;
            retryAtNanos = 0;
            flush();
        });
        var unused = executor.schedule(this::giveUpClosing, GIVE_UP_CLOSING_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        return Uni.createFrom().completionStage(this::closed);
    }

    boolean isClosing() {
        return closing;
    }

    CompletableFuture<StoreStatus> closed() {
        return closed.copy();
    }

    private void giveUpClosing() {
        if (!closed.isDone()) {
            LOG.errorf("capture %s was not stored completely: %s", start.id(), lastError);
            complete();
        }
    }

    /** Writes what changed since the last time. Runs on the executor. */
    void flush() {
        minutes.drainTo(backlog);
        proceed();
    }

    /** Begins a transaction when there is something to write and none is under way. */
    private void proceed() {
        publishStatus();
        if (busy || closed.isDone() || waitsForRetry()) {
            return;
        }
        if (!opened) {
            begin(store.open(start), () -> opened = true, this::retry);
        } else if (!backlog.isEmpty()) {
            var batch = backlog.next();
            begin(
                    store.write(start, batch),
                    () -> backlog.stored(batch),
                    failure -> retryUnlessRefused(failure, batch));
        } else if (end != null) {
            begin(store.end(start, end, backlog.refused()), this::complete, this::retry);
        } else if (state != storedState) {
            var written = state;
            begin(store.state(start, written), () -> storedState = written, this::retry);
        }
    }

    private boolean waitsForRetry() {
        return retryAtNanos != 0 && System.nanoTime() - retryAtNanos < 0;
    }

    private void begin(Uni<Void> operation, Runnable whenDone, Consumer<Throwable> whenFailed) {
        busy = true;
        operation
                .ifNoItem()
                .after(OPERATION_LIMIT)
                .fail()
                .emitOn(executor)
                .subscribe()
                .with(
                        done -> {
                            busy = false;
                            lastError = null;
                            retryAtNanos = 0;
                            whenDone.run();
                            proceed();
                        },
                        failure -> {
                            busy = false;
                            whenFailed.accept(failure);
                            proceed();
                        });
    }

    private void retry(Throwable failure) {
        if (lastError == null) {
            LOG.warnf("the store does not take capture %s, trying again: %s", start.id(), failure);
        }
        lastError = failure.toString();
        retryAtNanos = System.nanoTime() + RETRY.toNanos();
        var unused = executor.schedule(this::proceed, RETRY.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    /** What the database refuses for its content is refused next time, too: it must not block the rest. */
    private void retryUnlessRefused(Throwable failure, Backlog.Batch batch) {
        if (failure instanceof PgException refusal && refusal.getSqlState().matches("2[23].*")) {
            LOG.errorf(failure, "the store refuses %d rows of capture %s for ever", batch.size(), start.id());
            lastError = failure.toString();
            backlog.stored(batch);
            backlog.refuse(batch.size());
        } else {
            retry(failure);
        }
    }

    private void complete() {
        publishStatus();
        onClosed.accept(this);
        closed.complete(status);
    }

    private void publishStatus() {
        status = backlog.status(lastError);
    }
}
