package io.stapscope.history;

import io.smallrye.mutiny.Uni;
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
    private static final long MOST_LINE_BYTES = 64 << 20;
    private static final Duration GIVE_UP_CLOSING_AFTER = Duration.ofSeconds(30);
    private static final Duration OPERATION_LIMIT = Duration.ofSeconds(20);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A database that is away for a moment costs no disk. */
    private static final Duration SPILL_AFTER = Duration.ofSeconds(2);

    private final CaptureStart start;
    private final Store store;
    private final ScheduledExecutorService executor;
    private final @Nullable Spill spill;
    private final Duration spillAfter;
    private final Consumer<CaptureWriter> onClosed;
    private final CaptureMinutes minutes;
    private final Backlog backlog = new Backlog(MOST_MINUTES, MOST_LINE_BYTES);
    private final CompletableFuture<StoreStatus> closed = new CompletableFuture<>();

    private boolean opened;
    private boolean busy;
    private CaptureState state = CaptureState.STARTING;
    private CaptureState storedState = CaptureState.STARTING;
    private @Nullable CaptureEnd end;
    private long retryAtNanos;
    private @Nullable String lastError;
    private volatile boolean closing;
    private long awaySinceNanos;
    private boolean openSpilled;
    private boolean tailKept;
    private volatile StoreStatus status = new StoreStatus(0, 0, 0, 0, null);

    /** The database as the writer sees it; every operation may be repeated. */
    interface Store {
        Uni<Void> open(CaptureStart start);

        Uni<Void> write(Origin origin, Batch batch);

        Uni<Void> state(CaptureStart start, CaptureState state);

        Uni<Void> end(Origin origin, CaptureEnd end, long refused);
    }

    /** @param spill where rows wait while the database is away; null for memory only */
    CaptureWriter(
            CaptureStart start,
            Store store,
            @Nullable Spill spill,
            ScheduledExecutorService executor,
            Consumer<CaptureWriter> onClosed) {
        this(start, store, spill, executor, onClosed, SPILL_AFTER);
    }

    /** @param spillAfter how long the database may be away before rows go to disk */
    CaptureWriter(
            CaptureStart start,
            Store store,
            @Nullable Spill spill,
            ScheduledExecutorService executor,
            Consumer<CaptureWriter> onClosed,
            Duration spillAfter) {
        this.spillAfter = spillAfter;
        this.start = start;
        this.store = store;
        this.spill = spill;
        this.executor = executor;
        this.onClosed = onClosed;
        this.minutes = new CaptureMinutes(start.aggregates(), start.intervalMillis());
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
    public void console(List<ConsoleBlock> lines) {
        var copy = List.copyOf(lines);
        executor.execute(() -> {
            backlog.put(copy);
            // Faster than the database takes them: the disk does.
            if (spill != null && backlog.lines().bytes() > MOST_LINE_BYTES / 2 && spillOpening()) {
                spillLines(spill);
            }
            // A burst does not wait for the next flush, or memory and disk would have to hold it.
            if (opened && backlog.lines().bytes() > Backlog.LINE_BYTES / 2) {
                proceed();
            } else {
                publishStatus();
            }
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
        if (closed.isDone()) {
            return;
        }
        if (leaveToDisk()) {
            LOG.warnf("capture %s waits on disk for the database: %s", start.id(), lastError);
        } else {
            LOG.errorf("capture %s was not stored completely: %s", start.id(), lastError);
        }
        complete();
    }

    /** Puts all that is not stored on disk, its end included; a later process stores it. Runs on the executor. */
    boolean leaveToDisk() {
        if (spill == null || closed.isDone()) {
            return false;
        }
        minutes.drainTo(backlog);
        // Of a capture that nobody opens nothing can be stored: what was kept of it would only take room.
        boolean kept = spillOpening() && leaveTo(spill);
        publishStatus();
        return kept;
    }

    private boolean leaveTo(Spill to) {
        boolean kept = spill(to, backlog.everything());
        to.keepLines(start.origin(), backlog.lines().takeAll());
        if (kept && end != null) {
            kept = to.keep(new SpillCodec.Entry.End(start.origin(), end, lost()));
        }
        if (kept) {
            to.dropTail(start.id());
        }
        return kept;
    }

    /** Writes what changed since the last time. Runs on the executor. */
    void flush() {
        minutes.drainTo(backlog);
        spillWhileAway();
        proceed();
    }

    /** Frees memory of what is over, and keeps what is not over on disk as it is now. */
    private void spillWhileAway() {
        if (spill == null || awaySinceNanos == 0 || System.nanoTime() - awaySinceNanos < spillAfter.toNanos()) {
            return;
        }
        if (spillOpening()) {
            spillLines(spill);
        }
        if (spillOpening() && spill(spill, backlog.finished())) {
            spill.keepTail(start.origin(), backlog.everything());
            tailKept = true;
        }
        publishStatus();
    }

    private boolean spillOpening() {
        if (!opened && !openSpilled && spill != null) {
            openSpilled = spill.keep(new SpillCodec.Entry.Open(start));
        }
        return opened || openSpilled;
    }

    private boolean spill(Spill to, Batch batch) {
        if (batch.isEmpty()) {
            return true;
        }
        boolean kept = to.keep(new SpillCodec.Entry.Rows(start.origin(), batch));
        if (kept) {
            backlog.spilled(batch);
        }
        return kept;
    }

    private void spillLines(Spill to) {
        to.keepLines(
                start.origin(), busy ? backlog.lines().take() : backlog.lines().takeAll());
    }

    private long lost() {
        return backlog.refused() + (spill == null ? 0 : spill.lostLines(start.origin()));
    }

    /** Begins a transaction when there is something to write and none is under way. */
    private void proceed() {
        publishStatus();
        if (busy || closed.isDone() || waitsForRetry()) {
            return;
        }
        if (!opened) {
            begin(store.open(start), _ -> opened = true, this::retry);
        } else if (!backlog.isEmpty()) {
            var batch = backlog.next();
            begin(
                    PoisonFilter.write(batch, part -> store.write(start.origin(), part)),
                    poison -> {
                        backlog.stored(batch);
                        refuse(poison);
                        forgetTail();
                    },
                    this::retry);
        } else if (end == null) {
            if (state != storedState) {
                var written = state;
                begin(store.state(start, written), _ -> storedState = written, this::retry);
            }
        } else if (spill == null || !spill.holds(start.id())) {
            // Its end is written after everything else; with rows on disk a later flush looks again.
            begin(store.end(start.origin(), end, lost()), _ -> complete(), this::retry);
        }
    }

    private void refuse(Batch poison) {
        if (!poison.isEmpty()) {
            backlog.refuse(poison.rows());
            poison.gapsOf(start.origin()).forEach(backlog::put);
        }
    }

    private boolean waitsForRetry() {
        return retryAtNanos != 0 && System.nanoTime() - retryAtNanos < 0;
    }

    private <T> void begin(Uni<T> operation, Consumer<T> whenDone, Consumer<Throwable> whenFailed) {
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
                            awaySinceNanos = 0;
                            whenDone.accept(done);
                            proceed();
                        },
                        failure -> {
                            busy = false;
                            whenFailed.accept(failure);
                            proceed();
                        });
    }

    /** All that is in it, or something newer, is in the database. */
    private void forgetTail() {
        if (tailKept && spill != null && backlog.isEmpty()) {
            spill.dropTail(start.id());
            tailKept = false;
        }
    }

    private void retry(Throwable failure) {
        if (lastError == null) {
            LOG.warnf("the store does not take capture %s, trying again: %s", start.id(), failure);
        }
        lastError = failure.toString();
        long now = System.nanoTime();
        awaySinceNanos = awaySinceNanos == 0 ? now : awaySinceNanos;
        retryAtNanos = now + RETRY.toNanos();
        var unused = executor.schedule(this::proceed, RETRY.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void complete() {
        publishStatus();
        onClosed.accept(this);
        closed.complete(status);
    }

    private void publishStatus() {
        status = spill == null
                ? backlog.status(0, 0, lastError)
                : backlog.status(spill.waiting(start.id()), spill.lostLines(start.origin()), lastError);
    }
}
