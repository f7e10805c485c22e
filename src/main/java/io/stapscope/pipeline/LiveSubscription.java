package io.stapscope.pipeline;

import io.smallrye.mutiny.Multi;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
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

    /** Series to tell of again: they have other words, or count again after a silence. */
    private final Map<Integer, Map<Integer, LiveSeries>> again = new TreeMap<>();

    private final LineTail lines = new LineTail(LiveHub.LINES);
    private final Deque<LiveMessage.Event> events = new ArrayDeque<>();
    private final Emission emission = new Emission();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private Facet facet;
    private Map<Integer, Set<Integer>> kept;
    private boolean snapshotDue = true;
    private boolean joined;
    private long snapshotAfter;
    private boolean statsDue;
    private boolean paused;
    private long sentSeq;
    private long sentMillis;
    private long acknowledgedMillis = -1;
    private final TreeMap<Long, Long> unacknowledged = new TreeMap<>();

    /** How many frames of intervals were handed over when a number was. */
    private final TreeMap<Long, Counts> handedAt = new TreeMap<>();

    private long handed;
    private long written;
    private long missed;
    private boolean brokenOff;

    LiveSubscription(LiveHub hub, Facet facet, OptionalLong resume, Map<Integer, Set<Integer>> kept) {
        this.hub = hub;
        this.facet = facet;
        this.kept = kept;
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
            kept = Map.of();
            restart(0);
        }
        wake();
    }

    /** Sends nothing until {@link #live()}. */
    public void pause() {
        synchronized (hub) {
            paused = true;
            dropPending();
        }
    }

    /** Goes on after {@link #pause()}, with the intervals missed meanwhile. */
    public void live() {
        live(Map.of());
    }

    /** @param wanted by aggregate: series that the subscriber knows and wants to hear of, also when they are silent */
    public void live(Map<Integer, Set<Integer>> wanted) {
        synchronized (hub) {
            if (!paused) {
                return;
            }
            kept = wanted;
            paused = false;
            // What is ready was counted as sent: it still goes out, before the snapshot of what came after.
            snapshotDue = true;
            snapshotAfter = sentSeq;
            dropPending();
        }
        wake();
    }

    /**
     * The subscriber has worked through this interval, or a snapshot up to it.
     *
     * @param frames of intervals that it has got so far by its own count, -1 when it does not count
     */
    public void acknowledge(long seq, long frames) {
        synchronized (hub) {
            if (frames >= 0) {
                compare(seq, frames);
            }
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

    /** A frame with an interval was written to the connection. */
    public void written(LiveMessage message) {
        synchronized (hub) {
            if (isOfInterval(message) && !brokenOff) {
                written++;
                hub.account().written();
            }
        }
    }

    private static boolean isOfInterval(LiveMessage message) {
        return message instanceof LiveMessage.Delta || message instanceof LiveMessage.Coalesced;
    }

    /** What the subscriber counted against what was handed over: after any of the frames of that number. */
    private void compare(long seq, long frames) {
        if (handedAt.isEmpty() || seq < handedAt.firstKey()) {
            return;
        }
        var counts = handedAt.get(seq);
        // Who speaks of a number that was never sent has missed what was.
        long now = counts == null ? 1 : counts.distance(frames);
        hub.account().missed(now - missed);
        missed = now;
        handedAt.headMap(seq).clear();
    }

    /** From the first to the last frame of one number. */
    private record Counts(long first, long last) {
        Counts plus(Counts later) {
            return new Counts(first, later.last);
        }

        long distance(long frames) {
            return frames > last ? frames - last : Math.max(0, first - frames);
        }
    }

    private void restart(long after) {
        snapshotDue = true;
        snapshotAfter = after;
        dropPending();
        hub.account()
                .dropped(ready.stream().filter(LiveSubscription::isOfInterval).count());
        ready.clear();
    }

    private void dropPending() {
        hub.account().dropped(pending.size());
        pending.clear();
    }

    // Called by the hub, which holds its lock.

    /** @param back by aggregate: series that count again after a silence */
    void offer(Interval interval, Map<Integer, List<LiveSeries>> back) {
        statsDue = true;
        if (paused || snapshotDue) {
            hub.account().dropped(hub.aggregateIds().size());
            return;
        }
        // The newest words last.
        back.values().forEach(this::tellAgain);
        tellAgain(interval.renamed());
        for (var agg : hub.aggregateIds()) {
            var counts = interval.aggregate(agg).only(facet);
            var column = hub.column(interval, agg, facet);
            if (pending.merge(agg, new Pending(interval.seq(), counts, column), Pending::plus)
                    .isOfSeveral()) {
                hub.account().coalesced();
            }
        }
    }

    private void tellAgain(List<LiveSeries> known) {
        for (var series : known) {
            if (series.facet() == facet) {
                again.computeIfAbsent(series.agg(), _ -> new TreeMap<>()).put(series.id(), series);
            }
        }
    }

    /** Frames of intervals that wait here. */
    long queued() {
        return pending.size()
                + ready.stream().filter(LiveSubscription::isOfInterval).count();
    }

    /** @param broken whether what was handed over may not arrive */
    void left(boolean broken) {
        restart(0);
        if (broken) {
            brokenOff = true;
            hub.account().brokenOff(handed - written);
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
            return handOver(ready.remove());
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
            return handOver(ready.remove());
        }
        if (statsDue) {
            statsDue = false;
            return hub.stats();
        }
        return null;
    }

    private LiveMessage handOver(LiveMessage message) {
        switch (message) {
            case LiveMessage.Snapshot snapshot -> remember(snapshot.seq());
            case LiveMessage.Delta delta -> handOver(delta.column().seq());
            case LiveMessage.Coalesced coalesced -> handOver(coalesced.column().seq());
            case LiveMessage.Dictionary _, LiveMessage.Stats _, LiveMessage.Log _, LiveMessage.Event _ -> {}
        }
        return message;
    }

    private void handOver(long seq) {
        hub.account().handed();
        handed++;
        remember(seq);
    }

    private void remember(long seq) {
        handedAt.merge(seq, new Counts(handed, handed), Counts::plus);
        if (handedAt.size() > LiveHub.INTERVALS) {
            handedAt.pollFirstEntry();
        }
    }

    private void prepareSnapshot() {
        snapshotDue = false;
        again.clear();
        var snapshots = new ArrayList<LiveMessage>();
        for (var agg : hub.aggregateIds()) {
            var shown = hub.shown(agg, facet, kept.getOrDefault(agg, Set.of()));
            if (!shown.isEmpty()) {
                ready.add(dictionary(agg, shown));
            }
            announced.put(agg, hub.seriesCount(agg, facet));
            snapshots.add(hub.snapshot(agg, facet, snapshotAfter, shown));
        }
        ready.addAll(snapshots);
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
            // A series that nobody announced yet is announced once, with the words it has now.
            var words = new TreeMap<>(again.getOrDefault(agg, Map.of()));
            fresh.forEach(series -> words.put(series.id(), series));
            if (!words.isEmpty()) {
                ready.add(dictionary(agg, words.values()));
                announced.put(agg, known + fresh.size());
            }
        }
        again.clear();
    }

    private LiveMessage.Dictionary dictionary(int agg, Collection<LiveSeries> series) {
        var waiting = new HashMap<Integer, Long>();
        if (pending.get(agg) instanceof Pending counts) {
            counts.counts.of(facet).forEach(delta -> waiting.put(delta.series(), delta.count()));
        }
        var told = series.stream()
                .map(each ->
                        new LiveMessage.Told(each, hub.count(agg, each.id()) - waiting.getOrDefault(each.id(), 0L)))
                .toList();
        return new LiveMessage.Dictionary(agg, hub.lastSeq(), told, hub.seriesCount(agg, facet));
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
        boolean isOfSeveral() {
            return firstSeq != column.seq();
        }

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
            if (!isOfSeveral()) {
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
            hub.leave(LiveSubscription.this, true);
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
                    hub.leave(LiveSubscription.this, false);
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
