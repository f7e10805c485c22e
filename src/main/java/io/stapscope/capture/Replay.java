package io.stapscope.capture;

import io.stapscope.tracer.Run;
import io.stapscope.tracer.RunFile;
import io.stapscope.tracer.RunListener;
import io.stapscope.tracer.RunResult;
import io.stapscope.tracer.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A recording that plays as a run does: its windows come to the listener when their time has come. */
final class Replay implements Run {
    static final double SLOWEST = 1;
    static final double FASTEST = 60;

    private final String name;
    private final ReplayTape tape;
    private final List<Window> windows;
    private final long startMillis;
    private final long endMillis;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The recorded time that is being delivered. */
    private volatile long nowMillis;

    // Guarded by lock: at anchorNanos, anchorMillis of the recording had played.
    private double speed;
    private boolean paused;
    private long anchorNanos;
    private double anchorMillis;
    private String stopReason = "";

    /** @param from where playing begins; what was before comes at once, so that every sum is that of the whole run */
    Replay(String name, ReplayTape tape, long startMillis, double speed, Duration from) {
        this.name = name;
        this.tape = tape;
        this.windows = tape.windows();
        this.startMillis = startMillis;
        this.endMillis = windows.isEmpty() ? startMillis : tape.endMillis(windows.size() - 1);
        this.nowMillis = startMillis;
        this.speed = speed;
        this.anchorMillis = startMillis + (double) from.toMillis();
        this.anchorNanos = System.nanoTime();
    }

    /** The wall clock of the recording. */
    InstantSource clock() {
        return () -> Instant.ofEpochMilli(nowMillis);
    }

    ReplayView view() {
        lock.lock();
        try {
            return new ReplayView(name, speed, paused, endMillis - startMillis);
        } finally {
            lock.unlock();
        }
    }

    /** Goes on from here at another speed, or stands still. */
    void set(double nextSpeed, boolean nextPaused) {
        lock.lock();
        try {
            anchorMillis = positionMillis();
            anchorNanos = System.nanoTime();
            speed = nextSpeed;
            paused = nextPaused;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Plays to the end or until it is stopped; on a thread of its own. */
    void play(RunListener listener) {
        try {
            int next = 0;
            while (next < windows.size() && awaitTime(tape.endMillis(next))) {
                nowMillis = Math.max(startMillis, tape.endMillis(next));
                tape.printed(next).forEach(listener::output);
                listener.window(windows.get(next++));
            }
            var losses = windows.getLast().losses();
            result.complete(new RunResult(0, reason(), -1, losses));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(e);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** Waits until a moment of the recording has come; false when it was stopped before. */
    private boolean awaitTime(long millis) throws InterruptedException {
        lock.lock();
        try {
            while (stopReason.isEmpty()) {
                double left = millis - positionMillis();
                if (left <= 0) {
                    return true;
                }
                if (paused) {
                    changed.await();
                } else {
                    var unused = changed.await(Math.round(left / speed * 1000) + 1, TimeUnit.MICROSECONDS);
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private double positionMillis() {
        return paused ? anchorMillis : anchorMillis + (System.nanoTime() - anchorNanos) / 1e6 * speed;
    }

    private String reason() {
        lock.lock();
        try {
            return stopReason.isEmpty() ? "the recording is over" : stopReason;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop(String reason) {
        lock.lock();
        try {
            stopReason = reason.isEmpty() ? "stopped" : reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<RunFile> files() {
        return List.of();
    }

    @Override
    public CompletableFuture<String> read(String file) {
        return CompletableFuture.failedFuture(new IllegalStateException("a recording has no files"));
    }

    @Override
    public CompletableFuture<Void> write(String file, String content) {
        return CompletableFuture.failedFuture(new IllegalStateException("a recording has no files"));
    }

    @Override
    public void input(String bytes) {
        // Nothing in it asks for any.
    }

    @Override
    public CompletableFuture<RunResult> result() {
        return result.copy();
    }
}
