package io.stapscope.capture;

import io.stapscope.history.ConsoleBlock;
import io.stapscope.history.Facet;
import io.stapscope.history.KeyPart;
import io.stapscope.history.LossRecord;
import io.stapscope.history.bundle.BundledCapture;
import io.stapscope.pipeline.Key;
import io.stapscope.pipeline.KeyKind;
import io.stapscope.statistics.Buckets;
import io.stapscope.statistics.Histogram;
import io.stapscope.tracer.Accounts;
import io.stapscope.tracer.Losses;
import io.stapscope.tracer.Output;
import io.stapscope.tracer.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A bundled capture as the windows that the tracer delivered: one for each second that was observed, with the series of the
 * whole keys. The store knows sums and losses by minute only: a sum comes with the last second of its minute that has values,
 * losses are spread evenly over the seconds of theirs. Counts are exact in each second.
 */
final class ReplayTape {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int SECOND_MILLIS = 1000;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private final BundledCapture capture;
    private final List<Window> windows = new ArrayList<>();
    private final Map<BundledCapture.Series, Integer> ids = new HashMap<>();
    private final Map<BundledCapture.Series, Range> ranges = new HashMap<>();
    private final Map<KeyKind, Map<Object, Key>> keys = new HashMap<>();
    private final List<BundledCapture.Series> series;

    ReplayTape(BundledCapture capture) {
        this.capture = capture;
        // Without keys, an aggregate's only series is its total.
        this.series = capture.series().stream()
                .filter(each -> each.facet() == Facet.FULL
                        || (each.facet() == Facet.TOTAL
                                && keyKinds()
                                        .getOrDefault(each.agg(), List.of())
                                        .isEmpty()))
                .toList();
        for (var each : series) {
            each.keys().forEach(this::learn);
        }
        var before = LossRecord.NONE;
        for (var known : capture.minutes()) {
            addMinute(known, before);
            before = known.losses();
        }
    }

    /** Times are nanoseconds since 1970; the offset to the wall is 0. */
    List<Window> windows() {
        return List.copyOf(windows);
    }

    /** What was printed until the end of a window, and after that of the one before. */
    List<Output> printed(int window) {
        long from = window == 0 ? Long.MIN_VALUE : endMillis(window - 1);
        // What came after the last window is not left out.
        long to = window == windows.size() - 1 ? Long.MAX_VALUE : endMillis(window);
        return capture.console().stream()
                .filter(block -> block.timeMillis() >= from && block.timeMillis() < to)
                .map(ReplayTape::output)
                .toList();
    }

    long endMillis(int window) {
        return windows.get(window).endNanos() / NANOS_PER_MILLI;
    }

    /** Kinds of the parts of each aggregate's key. */
    Map<Integer, List<KeyKind>> keyKinds() {
        var kinds = new HashMap<Integer, List<KeyKind>>();
        capture.aggregates()
                .forEach(aggregate -> kinds.put(
                        aggregate.agg(),
                        aggregate.keyKinds().stream().map(ReplayTape::kind).toList()));
        return kinds;
    }

    /** The names that keys had when they were recorded: other processes have those numbers today. */
    Key.Naming naming() {
        return (kind, value) -> {
            var known = keys.getOrDefault(kind, Map.of()).get(value);
            return known == null ? new Key(kind, value, value.toString()) : known;
        };
    }

    private void learn(KeyPart part) {
        var value = value(part);
        keys.computeIfAbsent(kind(part.kind()), _ -> new HashMap<>())
                .putIfAbsent(value, new Key(kind(part.kind()), value, part.label(), part.note()));
    }

    private static KeyKind kind(String word) {
        return KeyKind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** A number where it is one: what had no room is under a word, and a plain part may be either. */
    private static Object value(KeyPart part) {
        boolean number =
                switch (kind(part.kind())) {
                    case PID, TID, SYSCALL, CPU, UID ->
                        NUMBER.matcher(part.value()).matches();
                    case EXECNAME, STACK, USTACK, PLAIN -> false;
                };
        return number ? (Object) Long.valueOf(part.value()) : part.value();
    }

    private static Output output(ConsoleBlock block) {
        return new Output(
                block.stream().equals("err") ? Output.Stream.ERROR : Output.Stream.OUT,
                ByteText.encode(block.text() + "\n"));
    }

    private void addMinute(BundledCapture.Known known, LossRecord before) {
        var minutes = new HashMap<BundledCapture.Series, BundledCapture.SeriesMinute>();
        long seconds = known.seconds();
        for (var each : series) {
            for (var minute : each.minutes()) {
                if (minute.startMillis() == known.startMillis()) {
                    minutes.put(each, minute);
                    seconds |= used(minute);
                }
            }
        }
        int observed = Long.bitCount(seconds);
        int at = 0;
        for (int second = 0; second < Long.SIZE; second++) {
            if ((seconds >>> second & 1) != 0) {
                at++;
                boolean last = at == observed;
                long start = (known.startMillis() + (long) second * SECOND_MILLIS) * NANOS_PER_MILLI;
                add(second, start, minutes, losses(before, known.losses(), at, observed), last);
            }
        }
    }

    /** Bit s = second s has values; the last bit for a minute whose counts no second has. */
    private static long used(BundledCapture.SeriesMinute minute) {
        long used = 0;
        for (int second = 0; second < minute.seconds().size(); second++) {
            used |= minute.seconds().get(second).isEmpty() ? 0 : 1L << second;
        }
        return used;
    }

    private void add(
            int second,
            long start,
            Map<BundledCapture.Series, BundledCapture.SeriesMinute> minutes,
            Losses losses,
            boolean last) {
        var opened = new ArrayList<Window.Series>();
        var deltas = new ArrayList<Window.Delta>();
        for (var each : series) {
            var minute = minutes.get(each);
            if (minute == null) {
                continue;
            }
            boolean counter = isCounter(each.agg());
            var histogram = minute.seconds().get(second);
            long used = used(minute);
            boolean closing = used == 0 ? last : second == Long.SIZE - 1 - Long.numberOfLeadingZeros(used);
            long count = histogram.count() + (closing ? minute.n() - counted(minute) : 0);
            if (count == 0 && histogram.isEmpty()) {
                continue;
            }
            var id = ids.get(each);
            if (id == null) {
                id = ids.size();
                ids.put(each, id);
                opened.add(new Window.Series(
                        id,
                        each.agg(),
                        each.keys().stream().map(ReplayTape::value).toList()));
            }
            var range = ranges.computeIfAbsent(each, _ -> new Range());
            range.add(histogram, minute);
            deltas.add(new Window.Delta(
                    id,
                    count,
                    counter ? count : closing ? minute.sum() : 0,
                    range.min,
                    range.max,
                    counter ? new int[0] : histogram.buckets(),
                    counter ? new long[0] : histogram.counts()));
        }
        windows.add(
                new Window(windows.size(), start, start + SECOND_MILLIS * NANOS_PER_MILLI, 0, opened, deltas, losses));
    }

    private static long counted(BundledCapture.SeriesMinute minute) {
        return minute.seconds().stream().mapToLong(Histogram::count).sum();
    }

    private boolean isCounter(int agg) {
        return capture.aggregates().stream()
                .anyMatch(each -> each.agg() == agg && each.kind().equals("counter"));
    }

    private static Losses losses(LossRecord before, LossRecord now, int part, int parts) {
        return new Losses(
                spread(before.hits(), now.hits(), part, parts),
                spread(before.skippedSelf(), now.skippedSelf(), part, parts),
                spread(before.skippedNoEntry(), now.skippedNoEntry(), part, parts),
                spread(before.lostEvents(), now.lostEvents(), part, parts),
                spread(before.lostKeys(), now.lostKeys(), part, parts),
                spread(before.lostUpdates(), now.lostUpdates(), part, parts),
                spread(before.lostReturns(), now.lostReturns(), part, parts),
                spread(before.readFaults(), now.readFaults(), part, parts),
                spread(before.recursionMisses(), now.recursionMisses(), part, parts),
                spread(before.softErrors(), now.softErrors(), part, parts),
                now.keys(),
                now.keyCapacity(),
                now.nanosPerHit(),
                Accounts.NONE,
                List.of());
    }

    private static long spread(long before, long now, int part, int parts) {
        return before + Math.round((double) (now - before) * part / parts);
    }

    /** Least and greatest value since the start: of a minute, and of a second not beyond its buckets. */
    private static final class Range {
        private long min = Long.MAX_VALUE;
        private long max = Long.MIN_VALUE;

        void add(Histogram histogram, BundledCapture.SeriesMinute minute) {
            if (!histogram.isEmpty()) {
                min = Math.min(min, Math.max(minute.min(), Buckets.lower(histogram.bucketAt(0))));
                max = Math.max(max, Math.min(minute.max(), Buckets.greatest(histogram.bucketAt(histogram.size() - 1))));
            }
        }
    }
}
