package io.stapscope.history;

import io.stapscope.statistics.Histogram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** A made-up capture whose every value is remembered, so that what is stored can be compared exactly. */
final class Captures {
    static final int STATISTIC = 0;
    static final int COUNTER = 1;

    final CaptureStart start;
    final Histogram[] seconds;
    final long[] sums;
    final Histogram whole = new Histogram();
    final List<WindowRecord> windows = new ArrayList<>();
    long count;
    long sum;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;

    private Captures(CaptureStart start, int length) {
        this.start = start;
        this.seconds = new Histogram[length];
        this.sums = new long[length];
    }

    static final List<ProbeRecord> PROBES = List.of(
            new ProbeRecord(0, "syscall.read", 1, 20),
            new ProbeRecord(1, "syscall.write", 1, 20),
            new ProbeRecord(2, "timer.s(1)", 2, 18),
            new ProbeRecord(3, "never", 3, 13));

    static CaptureStart start(String name, String script, long startedAtMillis, String... tags) {
        return new CaptureStart(
                UUID.randomUUID(),
                name,
                script,
                List.of("one argument"),
                new TargetRecord(4321, null),
                new HostRecord("made-up-host", "6.1.0", "x86_64"),
                startedAtMillis,
                1000,
                List.of(
                        new AggregateRecord(STATISTIC, "latency", "statistic", List.of("pid", "syscall"), "ns", 1),
                        new AggregateRecord(COUNTER, "calls", "counter", List.of(), "none", 2)),
                PROBES,
                List.of(tags),
                "somebody");
    }

    static CaptureStart withId(UUID id, CaptureStart start) {
        return changed(start, id, start.probes(), start.owner(), start.incarnation());
    }

    static CaptureStart withProbes(List<ProbeRecord> probes, CaptureStart start) {
        return changed(start, start.id(), probes, start.owner(), start.incarnation());
    }

    static CaptureStart ofOwner(String owner, CaptureStart start) {
        return changed(start, start.id(), start.probes(), owner, start.incarnation());
    }

    static CaptureStart ofIncarnation(String incarnation, CaptureStart start) {
        return changed(start, start.id(), start.probes(), start.owner(), incarnation);
    }

    private static CaptureStart changed(
            CaptureStart start, UUID id, List<ProbeRecord> probes, String owner, String incarnation) {
        return new CaptureStart(
                id,
                start.name(),
                start.script(),
                start.arguments(),
                start.target(),
                start.host(),
                start.startedAtMillis(),
                start.intervalMillis(),
                start.aggregates(),
                probes,
                start.tags(),
                owner,
                incarnation);
    }

    /** Windows of about a second for {@code length} seconds; {@code pids} processes take turns. */
    static Captures random(CaptureStart start, int length, int pids, long seed) {
        var captures = new Captures(start, length);
        var random = new Random(seed);
        Set<Integer> opened = new HashSet<>();
        for (int second = 0; second < length; second++) {
            captures.windows.add(captures.window(second, random, pids, opened));
        }
        return captures;
    }

    private WindowRecord window(int second, Random random, int pids, Set<Integer> opened) {
        var series = new ArrayList<WindowRecord.Series>();
        if (second == 0) {
            series.add(new WindowRecord.Series(STATISTIC, 0, Facet.TOTAL, List.of()));
            series.add(new WindowRecord.Series(COUNTER, 0, Facet.TOTAL, List.of()));
        }
        int pid = random.nextInt(pids);
        if (opened.add(pid)) {
            String value = Integer.toString(1000 + pid);
            series.add(new WindowRecord.Series(
                    STATISTIC, 1 + pid, Facet.PID, List.of(new KeyPart("pid", value, value + " \"a\0b\""))));
        }
        var histogram = new Histogram();
        long gained = 0;
        int values = random.nextInt(50);
        for (int i = 0; i < values; i++) {
            long value = (long) Math.exp(random.nextGaussian() * 3 + 8) - 20;
            histogram.add(value);
            gained += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        seconds[second] = histogram;
        sums[second] = gained;
        whole.merge(histogram);
        count += values;
        sum += gained;
        var deltas = new ArrayList<WindowRecord.Delta>();
        if (values > 0) {
            for (int number : new int[] {0, 1 + pid}) {
                deltas.add(new WindowRecord.Delta(
                        STATISTIC, number, values, gained, min, max, histogram.buckets(), histogram.counts()));
            }
            deltas.add(new WindowRecord.Delta(COUNTER, 0, values, values, 1, 1, new int[0], new long[0]));
        }
        int jitter = random.nextInt(61) - 30;
        var losses = new LossRecord(count, 1, 2, 3, 4, 5, 12, 6, 7, 8, 9, 10, 11)
                .with(List.of(
                        new ProbeHits(0, count / 3, 3, 400L, true),
                        new ProbeHits(1, count - count / 3, 0, second == 0 ? null : (Long) 250L, true),
                        new ProbeHits(2, second + 1, 0, null, false)));
        return new WindowRecord(second, Math.max(0, second * 1000L + jitter), 1000, series, deltas, losses);
    }

    Histogram between(int second, long seconds) {
        var merged = new Histogram();
        for (int i = second; i < Math.min(this.seconds.length, second + seconds); i++) {
            merged.merge(this.seconds[i]);
        }
        return merged;
    }

    long sumBetween(int second, int length) {
        long total = 0;
        for (int i = second; i < second + length; i++) {
            total += sums[i];
        }
        return total;
    }

    /** The same windows, one every so many seconds. */
    List<WindowRecord> stretched(int factor) {
        return windows.stream()
                .map(window -> new WindowRecord(
                        window.number(),
                        window.startMillis() * factor,
                        window.lengthMillis(),
                        window.opened(),
                        window.deltas(),
                        window.losses()))
                .toList();
    }

    /** What the writer would send with a transaction every so many windows. */
    static List<Batch> batches(CaptureStart start, List<WindowRecord> windows, int every) {
        var minutes = new CaptureMinutes(start.aggregates(), 100_000);
        var backlog = new Backlog(100_000, 1000);
        var batches = new ArrayList<Batch>();
        for (var window : windows) {
            minutes.add(window, backlog);
            if (window.number() % every == every - 1 || window == windows.getLast()) {
                minutes.drainTo(backlog);
                while (!backlog.isEmpty()) {
                    var batch = backlog.next();
                    backlog.stored(batch);
                    batches.add(batch);
                }
            }
        }
        return batches;
    }

    void writeTo(HistoryWriter writer) {
        windows.forEach(writer::write);
    }

    CaptureEnd end() {
        return new CaptureEnd(
                CaptureState.STOPPED,
                "exit()",
                start.startedAtMillis() + seconds.length * 1000L,
                windows.getLast().losses());
    }
}
