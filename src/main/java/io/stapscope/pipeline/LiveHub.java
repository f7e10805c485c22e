package io.stapscope.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
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
    /**
     * Series of a facet that everybody is told of, however long they have been silent: more than a table shows. Others that
     * did not count in the kept intervals are told of when they count again, so that who watches need not keep them.
     */
    static final int GREATEST = 200;

    /** Intervals kept: five minutes of seconds. */
    public static final int INTERVALS = 300;

    /** Lines kept for who joins, and lines that wait for a slow subscriber. */
    public static final int LINES = 1000;

    static final int EVENTS = 100;

    /** A cell is about 12 bytes: some 50 MB for the largest runs. */
    static final int CELL_BUDGET = 4_000_000;

    private final Executor executor;
    private final int intervals;
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
        this.intervals = intervals;
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
            var back = new HashMap<Integer, List<LiveSeries>>();
            interval.aggregates()
                    .forEach((agg, changed) ->
                            back.put(agg, aggregateOf(agg).add(changed, interval.seq(), interval.seq() - intervals)));
            stats = new LiveMessage.Stats(interval.seq(), runClock.millis(interval.endNanos()), interval.losses());
            frames.made((long) subscriptions.size() * aggregates.size());
            subscriptions.forEach(each -> each.offer(interval, back));
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
        return subscribe(facet, resume, Map.of());
    }

    /** @param kept by aggregate: series that the subscriber knows and wants to hear of, also when they are silent */
    public synchronized LiveSubscription subscribe(Facet facet, OptionalLong resume, Map<Integer, Set<Integer>> kept) {
        var subscription = new LiveSubscription(this, facet, resume, kept);
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

    int seriesCount(int agg, Facet facet) {
        return aggregateOf(agg).series(facet).size();
    }

    long count(int agg, int series) {
        return aggregateOf(agg).count(series);
    }

    /** What a subscriber is told of that begins: what counted in the kept intervals, the greatest, and what it asks for. */
    List<LiveSeries> shown(int agg, Facet facet, Set<Integer> asked) {
        return aggregateOf(agg).shown(facet, asked, lastSeq() - intervals);
    }

    LiveMessage.Snapshot snapshot(int agg, Facet facet, long after, List<LiveSeries> told) {
        var columns = ring.after(after).stream()
                .map(interval -> column(interval, agg, facet))
                .toList();
        return new LiveMessage.Snapshot(
                agg, lastSeq(), columns, aggregateOf(agg).totals(told));
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

        /** The last interval in which each series counted. */
        private long[] seen = new long[16];

        List<LiveSeries> series(Facet facet) {
            return series.computeIfAbsent(facet, _ -> new ArrayList<>());
        }

        void rename(LiveSeries renamed) {
            int at = place(renamed.facet(), renamed.id());
            if (at >= 0) {
                series(renamed.facet()).set(at, renamed);
            }
        }

        /** Series of a facet are opened, and stand, by rising id. */
        private int place(Facet facet, int id) {
            var all = series(facet);
            int low = 0;
            int high = all.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int found = all.get(middle).id();
                if (found == id) {
                    return middle;
                }
                if (found < id) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -1;
        }

        /** Adds an interval. Returns the series that count again and did not after the interval {@code forgotten}. */
        List<LiveSeries> add(AggregateInterval changed, long seq, long forgotten) {
            var back = new ArrayList<LiveSeries>();
            changed.facets().forEach((facet, deltas) -> {
                for (var delta : deltas) {
                    int id = delta.series();
                    if (id >= counts.length) {
                        int room = Math.max(counts.length * 2, id + 1);
                        counts = Arrays.copyOf(counts, room);
                        sums = Arrays.copyOf(sums, room);
                        seen = Arrays.copyOf(seen, room);
                    }
                    int at = seen[id] > 0 && seen[id] < forgotten ? place(facet, id) : -1;
                    if (at >= 0) {
                        back.add(series(facet).get(at));
                    }
                    counts[id] += delta.count();
                    sums[id] += delta.sum();
                    seen[id] = seq;
                }
            });
            return back;
        }

        long count(int id) {
            return id < counts.length ? counts[id] : 0;
        }

        List<LiveSeries> shown(Facet facet, Set<Integer> asked, long forgotten) {
            var shown = new TreeMap<Integer, LiveSeries>();
            // Of equal ones the older are greater, as in the page's table.
            var greatest = new PriorityQueue<LiveSeries>(Comparator.<LiveSeries>comparingLong(each -> count(each.id()))
                    .thenComparing(LiveSeries::id, Comparator.reverseOrder()));
            for (var each : series(facet)) {
                if (each.id() < seen.length && seen[each.id()] > forgotten || asked.contains(each.id())) {
                    shown.put(each.id(), each);
                }
                greatest.add(each);
                if (greatest.size() > GREATEST) {
                    greatest.remove();
                }
            }
            greatest.forEach(each -> shown.put(each.id(), each));
            return List.copyOf(shown.values());
        }

        SeriesFigures figures(LiveSeries of) {
            return of.id() < counts.length
                    ? new SeriesFigures(of, counts[of.id()], sums[of.id()])
                    : new SeriesFigures(of, 0, 0);
        }

        List<LiveMessage.SeriesTotal> totals(List<LiveSeries> told) {
            var totals = new ArrayList<LiveMessage.SeriesTotal>();
            totals.add(new LiveMessage.SeriesTotal(0, counts[0]));
            told.forEach(each -> totals.add(new LiveMessage.SeriesTotal(each.id(), count(each.id()))));
            return totals;
        }
    }
}
