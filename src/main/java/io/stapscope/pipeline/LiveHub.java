package io.stapscope.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the subscribers of one run share: the last intervals, all series, the totals, the last lines.
 *
 * <p>Overflow policy: counts are never dropped. A subscriber that is slower than the intervals gets the missed ones merged
 * into one ({@link LiveMessage.Coalesced}), and each is accounted for ({@link #frames}). Of lines the newest {@value #LINES} wait, older ones are dropped and counted in the
 * next {@link LiveMessage.Log}. Of loss counters only the newest count. Nothing a subscriber does slows the run.
 */
public final class LiveHub {
    /** Intervals kept: five minutes of seconds. */
    public static final int INTERVALS = 300;

    /** Lines kept for who joins, and lines that wait for a slow subscriber. */
    public static final int LINES = 1000;

    static final int EVENTS = 100;

    /** A cell is about 12 bytes: some 50 MB for the largest runs. */
    static final int CELL_BUDGET = 4_000_000;

    private final Executor executor;
    private final IntervalRing ring;
    private final Map<Integer, Aggregate> aggregates = new TreeMap<>();
    private final LineTail lines = new LineTail(LINES);
    private final Deque<LiveMessage.Event> events = new ArrayDeque<>();
    private final Set<LiveSubscription> subscriptions = new LinkedHashSet<>();
    private final FrameAccount frames = new FrameAccount();
    private LiveMessage.@Nullable Stats stats;
    private @Nullable RunClock clock;
    private boolean finished;

    /** @param executor runs the sending side of a subscription, never the thread of the run */
    public LiveHub(Set<Integer> aggregateIds, Executor executor) {
        this(aggregateIds, executor, INTERVALS, CELL_BUDGET);
    }

    LiveHub(Set<Integer> aggregateIds, Executor executor, int intervals, int cellBudget) {
        this.executor = executor;
        this.ring = new IntervalRing(intervals, cellBudget);
        aggregateIds.forEach(agg -> aggregates.put(agg, new Aggregate()));
    }

    /** @param runClock turns the interval's times into milliseconds since the run began */
    public void publish(Interval interval, RunClock runClock) {
        synchronized (this) {
            clock = runClock;
            ring.add(interval);
            interval.opened()
                    .forEach(series ->
                            aggregateOf(series.agg()).series(series.facet()).add(series));
            interval.renamed().forEach(series -> aggregateOf(series.agg()).rename(series));
            interval.aggregates().forEach((agg, changed) -> aggregateOf(agg).add(changed));
            stats = new LiveMessage.Stats(interval.seq(), runClock.millis(interval.endNanos()), interval.losses());
            frames.made((long) subscriptions.size() * aggregates.size());
            subscriptions.forEach(each -> each.offer(interval));
        }
        wake();
    }

    public void log(LogBlock added) {
        synchronized (this) {
            lines.add(added);
            subscriptions.forEach(each -> each.offer(added));
        }
        wake();
    }

    public void event(long millis, String kind, String text, String state) {
        synchronized (this) {
            var event = new LiveMessage.Event(lastSeq(), millis, kind, text, state);
            events.add(event);
            if (events.size() > EVENTS) {
                events.removeFirst();
            }
            subscriptions.forEach(each -> each.offer(event));
        }
        wake();
    }

    /** The run is over: subscribers get what waits for them, then their stream completes. */
    public void finish() {
        synchronized (this) {
            finished = true;
        }
        wake();
    }

    /**
     * Joins a run. What is sent first: the series of the facet, the kept intervals (only those after {@code resume} where the
     * ring still has them), the last lines.
     */
    public synchronized LiveSubscription subscribe(Facet facet, OptionalLong resume) {
        var subscription = new LiveSubscription(this, facet, resume);
        subscriptions.add(subscription);
        return subscription;
    }

    public synchronized int subscribers() {
        return subscriptions.size();
    }

    /** Number of the last interval, 0 before the first. */
    public synchronized long lastSeq() {
        return stats == null ? 0 : stats.seq();
    }

    /** What the series of a facet have counted since the start of the run; that of {@link Facet#TOTAL} is one. */
    public synchronized List<SeriesFigures> figures(int agg, Facet facet) {
        var aggregate = aggregateOf(agg);
        return facet == Facet.TOTAL
                ? List.of(aggregate.figures(new LiveSeries(agg, 0, Facet.TOTAL, List.of())))
                : aggregate.series(facet).stream().map(aggregate::figures).toList();
    }

    /** What sets a part of the kept intervals apart from the rest of them. */
    public synchronized Explanation explain(int agg, Explanation.Box box) {
        var known = clock;
        var kept = known == null ? List.<Interval>of() : ring.after(0);
        return Explanation.of(
                agg, kept, box, known == null ? new RunClock(0) : known, Map.copyOf(aggregateOf(agg).series));
    }

    /** What became of what subscribers were to get. */
    public synchronized FrameFigures frames() {
        return frames.figures(
                subscriptions.stream().mapToLong(LiveSubscription::queued).sum());
    }

    /** @param brokenOff whether what is on the way may not arrive */
    synchronized void leave(LiveSubscription subscription, boolean brokenOff) {
        if (subscriptions.remove(subscription)) {
            subscription.left(brokenOff);
        }
    }

    void schedule(Runnable drain) {
        executor.execute(drain);
    }

    private void wake() {
        List<LiveSubscription> awake;
        synchronized (this) {
            awake = List.copyOf(subscriptions);
        }
        awake.forEach(LiveSubscription::wake);
    }

    // What subscriptions read; they hold this hub's lock.

    FrameAccount account() {
        return frames;
    }

    boolean isFinished() {
        return finished;
    }

    Set<Integer> aggregateIds() {
        return aggregates.keySet();
    }

    List<LiveSeries> seriesSince(int agg, Facet facet, int known) {
        var all = aggregateOf(agg).series(facet);
        return List.copyOf(all.subList(known, all.size()));
    }

    LiveMessage.Snapshot snapshot(int agg, Facet facet, long after) {
        var columns = ring.after(after).stream()
                .map(interval -> column(interval, agg, facet))
                .toList();
        return new LiveMessage.Snapshot(
                agg, lastSeq(), columns, aggregateOf(agg).totals(facet));
    }

    LiveMessage.Column column(Interval interval, int agg, Facet facet) {
        long start = millis(interval.startNanos());
        return new LiveMessage.Column(
                interval.seq(),
                start,
                millis(interval.endNanos()) - start,
                interval.aggregate(agg).of(facet),
                interval.partial() && facet != Facet.TOTAL,
                interval.gap(),
                interval.lost());
    }

    LiveMessage.@Nullable Log backlog() {
        return lines.isEmpty() ? null : new LiveMessage.Log(lastSeq(), lines.lines(), lines.dropped());
    }

    List<LiveMessage.Event> pastEvents() {
        return List.copyOf(events);
    }

    LiveMessage.@Nullable Stats stats() {
        return stats;
    }

    long millis(long nanos) {
        var known = clock;
        return known == null ? 0 : known.millis(nanos);
    }

    private Aggregate aggregateOf(int agg) {
        var found = aggregates.get(agg);
        if (found == null) {
            throw new IllegalArgumentException("aggregate " + agg + " is not of this run");
        }
        return found;
    }

    /** Series and totals of one aggregate. */
    private static final class Aggregate {
        private final Map<Facet, List<LiveSeries>> series = new TreeMap<>();
        private long[] counts = new long[16];
        private long[] sums = new long[16];

        List<LiveSeries> series(Facet facet) {
            return series.computeIfAbsent(facet, _ -> new ArrayList<>());
        }

        void rename(LiveSeries renamed) {
            series(renamed.facet()).replaceAll(each -> each.id() == renamed.id() ? renamed : each);
        }

        void add(AggregateInterval changed) {
            for (var deltas : changed.facets().values()) {
                for (var delta : deltas) {
                    if (delta.series() >= counts.length) {
                        int room = Math.max(counts.length * 2, delta.series() + 1);
                        counts = Arrays.copyOf(counts, room);
                        sums = Arrays.copyOf(sums, room);
                    }
                    counts[delta.series()] += delta.count();
                    sums[delta.series()] += delta.sum();
                }
            }
        }

        SeriesFigures figures(LiveSeries of) {
            return of.id() < counts.length
                    ? new SeriesFigures(of, counts[of.id()], sums[of.id()])
                    : new SeriesFigures(of, 0, 0);
        }

        List<LiveMessage.SeriesTotal> totals(Facet facet) {
            var totals = new ArrayList<LiveMessage.SeriesTotal>();
            totals.add(new LiveMessage.SeriesTotal(0, counts[0]));
            series(facet).forEach(each -> totals.add(new LiveMessage.SeriesTotal(each.id(), counts[each.id()])));
            return totals;
        }
    }
}
