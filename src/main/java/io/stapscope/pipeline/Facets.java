package io.stapscope.pipeline;

import io.stapscope.tracer.Window;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Splits the windows of one run into facets: the total, one facet for each kind of key part present, and the whole key.
 * Buckets, counts and sums add, so each facet holds exactly what its full-key series hold. Not thread-safe: windows come
 * one after the other.
 */
public final class Facets {
    private final Key.Naming naming;
    private final Map<Integer, Aggregate> aggregates = new TreeMap<>();
    private final List<Source> sources = new ArrayList<>();
    private final Map<Long, List<Named>> processes = new HashMap<>();
    private @Nullable Window previous;

    /** @param keyKinds of each aggregate, by the id of its global */
    public Facets(Map<Integer, List<KeyKind>> keyKinds, Key.Naming naming) {
        this.naming = naming;
        keyKinds.forEach((agg, kinds) -> aggregates.put(agg, new Aggregate(agg, List.copyOf(kinds))));
    }

    public Interval split(Window window) {
        // First: what opens now has the newest words.
        var renamed = renamed();
        var opened = new ArrayList<LiveSeries>();
        for (var series : window.opened()) {
            var aggregate = aggregates.get(series.global());
            if (aggregate == null || series.id() != sources.size()) {
                throw new IllegalArgumentException("series " + series + " does not belong here");
            }
            sources.add(aggregate.open(series.keys(), opened));
        }
        var gathered = new HashMap<Aggregate, Map<Target, List<SeriesDelta>>>();
        for (var delta : window.deltas()) {
            var source = sources.get(delta.series());
            var ofAggregate = gathered.computeIfAbsent(source.aggregate, _ -> new HashMap<>());
            for (var target : source.targets) {
                ofAggregate.computeIfAbsent(target, _ -> new ArrayList<>()).add(target.adopt(delta));
            }
        }
        var split = new HashMap<Integer, AggregateInterval>();
        for (var aggregate : aggregates.values()) {
            split.put(aggregate.agg, merge(gathered.getOrDefault(aggregate, Map.of())));
        }
        var before = previous;
        previous = window;
        return new Interval(
                window.number() + 1,
                window.startNanos(),
                window.endNanos(),
                window.wallOffsetNanos(),
                opened,
                renamed,
                split,
                LossReport.of(window.losses()),
                false,
                before != null && window.startNanos() > before.endNanos(),
                window.losses().lost() > (before == null ? 0 : before.losses().lost()));
    }

    private List<LiveSeries> renamed() {
        var renamed = new ArrayList<LiveSeries>();
        for (var process : naming.changed()) {
            for (var named : processes.getOrDefault(process, List.of())) {
                if (named.rename(naming)) {
                    renamed.add(named.series);
                }
            }
        }
        return renamed;
    }

    /** A series of a process: its words may change. */
    private void remember(LiveSeries series) {
        for (var key : series.keys()) {
            if ((key.kind() == KeyKind.PID || key.kind() == KeyKind.TID) && key.value() instanceof Long process) {
                processes.computeIfAbsent(process, _ -> new ArrayList<>()).add(new Named(series));
            }
        }
    }

    /**
     * A key of one part has a note. Beside other parts it has none: as many series would change with each note as the process
     * has keys.
     */
    private static List<Key> noted(List<Key> keys) {
        return keys.size() == 1 ? keys : keys.stream().map(Key::withoutNote).toList();
    }

    private static AggregateInterval merge(Map<Target, List<SeriesDelta>> gathered) {
        var facets = new EnumMap<Facet, List<SeriesDelta>>(Facet.class);
        gathered.forEach((target, deltas) -> facets.computeIfAbsent(target.facet, _ -> new ArrayList<>())
                .add(target.ranged(SeriesDelta.merge(deltas))));
        facets.values().forEach(deltas -> deltas.sort((a, b) -> Integer.compare(a.series(), b.series())));
        return new AggregateInterval(facets);
    }

    /** A series as it is called now. */
    private static final class Named {
        private LiveSeries series;

        Named(LiveSeries series) {
            this.series = series;
        }

        boolean rename(Key.Naming naming) {
            var keys = noted(series.keys().stream().map(naming::renamed).toList());
            boolean changed = !keys.equals(series.keys());
            series = changed ? new LiveSeries(series.agg(), series.id(), series.facet(), keys) : series;
            return changed;
        }
    }

    /** A full-key series of the tracer and the facet series it counts into. */
    private record Source(Aggregate aggregate, List<Target> targets) {}

    /** One facet series, with the range of its values so far. */
    private static final class Target {
        final Facet facet;
        final int id;
        private long min = Long.MAX_VALUE;
        private long max = Long.MIN_VALUE;

        Target(Facet facet, int id) {
            this.facet = facet;
            this.id = id;
        }

        SeriesDelta adopt(Window.Delta delta) {
            return new SeriesDelta(
                    id, delta.count(), delta.sum(), delta.min(), delta.max(), delta.buckets(), delta.counts());
        }

        /** The range since the run began: a window holds only the series that changed in it. */
        SeriesDelta ranged(SeriesDelta merged) {
            min = Math.min(min, merged.min());
            max = Math.max(max, merged.max());
            return merged.withRange(min, max);
        }
    }

    private final class Aggregate {
        final int agg;
        private final List<KeyKind> kinds;
        private final Target total = new Target(Facet.TOTAL, 0);
        private final Map<Facet, Map<List<Object>, Target>> known = new EnumMap<>(Facet.class);
        private int nextId = 1;

        Aggregate(int agg, List<KeyKind> kinds) {
            this.agg = agg;
            this.kinds = kinds;
        }

        Source open(List<Object> keys, List<LiveSeries> opened) {
            if (keys.size() != kinds.size()) {
                throw new IllegalArgumentException("key " + keys + " has not the parts " + kinds);
            }
            var targets = new ArrayList<Target>();
            targets.add(total);
            for (var facet : Facet.values()) {
                // The first part of a kind gives the facet: an array by [pid, ppid] is split by the first.
                int part = facet.part() == null ? -1 : kinds.indexOf(facet.part());
                if (part >= 0) {
                    targets.add(target(facet, keys, List.of(part), opened));
                }
            }
            if (!keys.isEmpty()) {
                var all = new ArrayList<Integer>();
                for (int part = 0; part < keys.size(); part++) {
                    all.add(part);
                }
                targets.add(target(Facet.FULL, keys, all, opened));
            }
            return new Source(this, List.copyOf(targets));
        }

        private Target target(Facet facet, List<Object> keys, List<Integer> parts, List<LiveSeries> opened) {
            var values = parts.stream().map(keys::get).toList();
            return known.computeIfAbsent(facet, _ -> new HashMap<>()).computeIfAbsent(values, _ -> {
                int id = nextId++;
                var named = parts.stream()
                        .map(part -> naming.name(kinds.get(part), keys.get(part)))
                        .toList();
                var series = new LiveSeries(agg, id, facet, noted(named));
                opened.add(series);
                remember(series);
                return new Target(facet, id);
            });
        }
    }
}
