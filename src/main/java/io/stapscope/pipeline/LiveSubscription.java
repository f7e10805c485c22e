package io.stapscope.pipeline;

import io.smallrye.mutiny.Multi;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a run. Messages are made when they are asked for, so what was not asked for in time is merged, not queued.
 * State is guarded by the hub's lock.
 */
public final class LiveSubscription {
    /** How far the acknowledged interval may lie behind before deltas are held and merged. */
    private static final long UNACKNOWLEDGED_MILLIS = 3000;

    private final LiveHub hub;
    private final Map<Integer, Integer> announced = new HashMap<>();
    private final Deque<LiveMessage> ready = new ArrayDeque<>();
    private final Map<Integer, Pending> pending = new TreeMap<>();
    private final LineTail lines = new LineTail(LiveHub.LINES);
    private final Deque<LiveMessage.Event> events = new ArrayDeque<>();
    private final Emission emission = new Emission();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private Facet facet;
    private boolean snapshotDue = true;
    private boolean joined;
    private long snapshotAfter;
    private boolean statsDue;
    private boolean paused;
    private long sentSeq;
    private long sentMillis;
    private long acknowledgedMillis = -1;
    private final TreeMap<Long, Long> unacknowledged = new TreeMap<>();

    LiveSubscription(LiveHub hub, Facet facet, OptionalLong resume) {
        this.hub = hub;
        this.facet = facet;
        this.snapshotAfter = resume.orElse(0);
    }

    /** The messages, made one by one as they are requested. Completes when the run is over; cancelling leaves the hub. */
    public Multi<LiveMessage> messages() {
        return Multi.createFrom().publisher(emission);
    }

    /** Shows another facet: its series and the kept intervals are sent anew. */
    public void view(Facet chosen) {
        synchronized (hub) {
            facet = chosen;
            announced.clear();
            restart(0);
        }
        wake();
    }

    /** Sends nothing until {@link #live()}. */
    public void pause() {
        synchronized (hub) {
            paused = true;
            pending.clear();
        }
    }

    /** Goes on after {@link #pause()}, with the intervals missed meanwhile. */
    public void live() {
        synchronized (hub) {
            if (!paused) {
                return;
            }
            paused = false;
            // What is ready was counted as sent: it still goes out, before the snapshot of what came after.
            snapshotDue = true;
            snapshotAfter = sentSeq;
            pending.clear();
        }
        wake();
    }

    /** The subscriber has worked through this interval. */
    public void acknowledge(long seq) {
        synchronized (hub) {
            var known = unacknowledged.headMap(seq, true);
            if (!known.isEmpty()) {
                acknowledgedMillis =
                        Math.max(acknowledgedMillis, known.lastEntry().getValue());
                known.clear();
            }
        }
        wake();
    }

    /** Leaves the hub, also when the messages were never asked for. */
    public void cancel() {
        emission.cancel();
    }

    /** At most one drain waits to run, however often there is news. */
    void wake() {
        if (scheduled.compareAndSet(false, true)) {
            hub.schedule(() -> {
                scheduled.set(false);
                emission.drain();
            });
        }
    }

    private void restart(long after) {
        snapshotDue = true;
        snapshotAfter = after;
        pending.clear();
        ready.clear();
    }

    // Called by the hub, which holds its lock.

    void offer(Interval interval) {
        statsDue = true;
        if (paused || snapshotDue) {
            return;
        }
        for (var agg : hub.aggregateIds()) {
            var kept = interval.aggregate(agg).only(facet);
            var column = hub.column(interval, agg, facet);
            pending.merge(agg, new Pending(interval.seq(), kept, column), Pending::plus);
        }
    }

    void offer(LogBlock added) {
        if (joined) {
            lines.add(added);
        }
    }

    void offer(LiveMessage.Event event) {
        if (joined) {
            events.add(event);
            if (events.size() > LiveHub.EVENTS) {
                events.removeFirst();
            }
        }
    }

    private @Nullable LiveMessage next() {
        if (paused) {
            return null;
        }
        if (snapshotDue) {
            prepareSnapshot();
        }
        if (!ready.isEmpty()) {
            return ready.poll();
        }
        if (!events.isEmpty()) {
            return events.poll();
        }
        if (!lines.isEmpty()) {
            var log = new LiveMessage.Log(hub.lastSeq(), lines.lines(), lines.dropped());
            lines.clear();
            return log;
        }
        if (acknowledgedMillis >= 0 && sentMillis - acknowledgedMillis > UNACKNOWLEDGED_MILLIS && !hub.isFinished()) {
            return null;
        }
        if (!pending.isEmpty()) {
            prepareDeltas();
            return ready.poll();
        }
        if (statsDue) {
            statsDue = false;
            return hub.stats();
        }
        return null;
    }

    private void prepareSnapshot() {
        snapshotDue = false;
        announceSeries();
        hub.aggregateIds().forEach(agg -> ready.add(hub.snapshot(agg, facet, snapshotAfter)));
        sent(hub.lastSeq());
        if (!joined) {
            joined = true;
            var backlog = hub.backlog();
            if (backlog != null) {
                ready.add(backlog);
            }
            // Also to one who comes back: what happened meanwhile is among them.
            ready.addAll(hub.pastEvents());
        }
        statsDue = hub.stats() != null;
    }

    private void prepareDeltas() {
        announceSeries();
        pending.forEach((agg, waiting) -> {
            ready.add(waiting.message(agg, facet));
            sent(waiting.column.seq());
        });
        pending.clear();
    }

    private void announceSeries() {
        for (var agg : hub.aggregateIds()) {
            int known = announced.getOrDefault(agg, 0);
            var fresh = hub.seriesSince(agg, facet, known);
            if (!fresh.isEmpty()) {
                ready.add(new LiveMessage.Dictionary(agg, hub.lastSeq(), fresh));
                announced.put(agg, known + fresh.size());
            }
        }
    }

    private void sent(long seq) {
        var stats = hub.stats();
        sentSeq = Math.max(sentSeq, seq);
        sentMillis = stats == null ? 0 : stats.millis();
        unacknowledged.put(seq, sentMillis);
        if (unacknowledged.size() > LiveHub.INTERVALS) {
            unacknowledged.pollFirstEntry();
        }
    }

    /** Intervals of one aggregate that wait to be sent, as one. */
    private record Pending(long firstSeq, AggregateInterval counts, LiveMessage.Column column) {
        Pending plus(Pending later) {
            var merged = new LiveMessage.Column(
                    later.column.seq(),
                    column.startMillis(),
                    later.column.startMillis() + later.column.lengthMillis() - column.startMillis(),
                    List.of(),
                    column.partial() || later.column.partial(),
                    column.gap() || later.column.gap(),
                    column.lost() || later.column.lost());
            return new Pending(firstSeq, counts.plus(later.counts), merged);
        }

        LiveMessage message(int agg, Facet facet) {
            if (firstSeq == column.seq()) {
                return new LiveMessage.Delta(agg, column);
            }
            var merged = new LiveMessage.Column(
                    column.seq(),
                    column.startMillis(),
                    column.lengthMillis(),
                    counts.of(facet),
                    column.partial(),
                    column.gap(),
                    column.lost());
            return new LiveMessage.Coalesced(agg, firstSeq, merged);
        }
    }

    /** The reactive-streams side: at most as many messages as requested, one thread at a time. */
    private final class Emission implements Flow.Publisher<LiveMessage>, Flow.Subscription {
        private final AtomicLong requested = new AtomicLong();
        private final AtomicInteger working = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Flow.@Nullable Subscriber<? super LiveMessage> subscriber;

        @Override
        public void subscribe(Flow.Subscriber<? super LiveMessage> joining) {
            if (subscriber != null) {
                throw new IllegalStateException("a subscription has one subscriber");
            }
            subscriber = joining;
            joining.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            requested.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            wake();
        }

        @Override
        public void cancel() {
            over.set(true);
            hub.leave(LiveSubscription.this);
        }

        void drain() {
            var receiver = subscriber;
            if (receiver == null || working.getAndIncrement() != 0) {
                return;
            }
            int seen = 1;
            do {
                emit(receiver);
                seen = working.addAndGet(-seen);
            } while (seen != 0);
        }

        private void emit(Flow.Subscriber<? super LiveMessage> receiver) {
            while (!over.get()) {
                LiveMessage message = null;
                boolean complete;
                synchronized (hub) {
                    if (requested.get() > 0) {
                        message = next();
                    }
                    complete = message == null && hub.isFinished() && isDrained();
                }
                if (message != null) {
                    requested.decrementAndGet();
                    receiver.onNext(message);
                } else if (complete && over.compareAndSet(false, true)) {
                    hub.leave(LiveSubscription.this);
                    receiver.onComplete();
                    return;
                } else {
                    return;
                }
            }
        }

        private boolean isDrained() {
            return paused
                    || (!snapshotDue
                            && !statsDue
                            && ready.isEmpty()
                            && pending.isEmpty()
                            && lines.isEmpty()
                            && events.isEmpty());
        }
    }
}
