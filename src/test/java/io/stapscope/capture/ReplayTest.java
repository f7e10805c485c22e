package io.stapscope.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.history.KeyPart;
import io.stapscope.history.bundle.BundleReader;
import io.stapscope.history.bundle.BundledCapture;
import io.stapscope.pipeline.Facet;
import io.stapscope.pipeline.Facets;
import io.stapscope.pipeline.Key;
import io.stapscope.pipeline.LiveSeries;
import io.stapscope.tracer.Output;
import io.stapscope.tracer.RunEvent;
import io.stapscope.tracer.RunListener;
import io.stapscope.tracer.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The bundled recordings, and how they play. */
@Timeout(60)
class ReplayTest {
    static final List<String> NAMES = Replays.NAMES;

    private static final int MOST_BYTES = 150_000;

    @ParameterizedTest
    @FieldSource("NAMES")
    void everySeriesOfEveryFacetCountsWhatWasRecorded(String name) throws IOException {
        var bundle = bundle(name);
        var tape = new ReplayTape(bundle);
        var facets = new Facets(tape.keyKinds(), tape.naming());
        var counts = new HashMap<String, Long>();
        var sums = new HashMap<String, Long>();
        var opened = new HashMap<String, LiveSeries>();
        for (var window : tape.windows()) {
            var interval = facets.split(window);
            interval.opened().forEach(series -> opened.put(series.agg() + " " + series.id(), series));
            interval.aggregates().forEach((agg, aggregate) -> aggregate
                    .facets()
                    .values()
                    .forEach(deltas -> deltas.forEach(delta -> {
                        var series = opened.get(agg + " " + delta.series());
                        var of = series == null ? agg + " total" : text(series);
                        counts.merge(of, delta.count(), Long::sum);
                        sums.merge(of, delta.sum(), Long::sum);
                    })));
        }
        for (var total : bundle.totals()) {
            assertThat(counts.get(total.agg() + " total")).as(total.name()).isEqualTo(total.count());
        }
        assertThat(bundle.series()).hasSizeGreaterThan(1);
        for (var series : bundle.series()) {
            assertThat(counts.getOrDefault(text(series), 0L)).as(text(series)).isEqualTo(series.n());
            assertThat(sums.getOrDefault(text(series), 0L)).as(text(series)).isEqualTo(series.sum());
        }
        var last = bundle.minutes().getLast().losses();
        assertThat(tape.windows().getLast().losses().hits()).isEqualTo(last.hits());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void recordingsAreSmallAndOfARunOfAMinuteAtLeast(String name) throws IOException {
        try (var in = Replays.class.getResourceAsStream("/replay/" + name + ".zip")) {
            assertThat(in).isNotNull();
            assertThat(in.readAllBytes().length).isBetween(1000, MOST_BYTES);
        }
        assertThat(bundle(name).name()).isEqualTo(name);
        assertThat(new ReplayTape(bundle(name)).windows()).hasSizeBetween(60, 120);
    }

    @Test
    void whatWasBeforeTheBeginningComesAtOnceAndTheRestInItsTime() throws Exception {
        var bundle = bundle("system-calls");
        var tape = new ReplayTape(bundle);
        var half = Duration.ofSeconds(30);
        var replay = new Replay("system-calls", tape, bundle.startedAtMillis(), 1, half);
        replay.set(60, true);
        long expected = tape.windows().stream()
                .filter(window -> window.endNanos() / 1_000_000 - bundle.startedAtMillis() <= half.toMillis())
                .count();
        assertThat(expected).isBetween(25L, 31L);
        var seen = new Seen((int) expected);
        var thread = Thread.ofVirtual().start(() -> replay.play(seen));
        assertThat(seen.reached.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(replay.view().paused()).isTrue();
        assertThat(replay.result()).isNotDone();
        assertThat(seen.windows).hasSize((int) expected);

        replay.set(60, false);
        var result = replay.result().get(30, TimeUnit.SECONDS);
        thread.join();
        assertThat(result.reason()).isEqualTo("the recording is over");
        assertThat(seen.windows).containsExactlyElementsOf(tape.windows());
        assertThat(String.join("", seen.printed)).isEqualTo(printed(bundle));
        assertThat(replay.clock().millis())
                .isEqualTo(tape.endMillis(tape.windows().size() - 1));
    }

    @Test
    void aStoppedOneEndsWhereItIs() throws Exception {
        var bundle = bundle("off-cpu");
        var tape = new ReplayTape(bundle);
        var replay = new Replay("off-cpu", tape, bundle.startedAtMillis(), 1, Duration.ofSeconds(10));
        replay.set(1, true);
        replay.stop("stopped");
        var seen = new Seen(1);
        replay.play(seen);
        assertThat(replay.result().get(1, TimeUnit.SECONDS).reason()).isEqualTo("stopped");
        assertThat(seen.windows).isEmpty();
    }

    @Test
    void onlyBundledRecordingsPlayAndOnlyAtTheirSpeeds() {
        var replays = new Replays();
        assertThat(replays.start("nothing", 1, Duration.ZERO)).isNull();
        for (double speed : new double[] {0, 0.5, 61, Double.NaN}) {
            assertThatThrownBy(() -> replays.start("off-cpu", speed, Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 60");
        }
    }

    private static BundledCapture bundle(String name) throws IOException {
        try (var in = Replays.class.getResourceAsStream("/replay/" + name + ".zip")) {
            assertThat(in).as(name).isNotNull();
            return BundleReader.read(in);
        }
    }

    private static String printed(BundledCapture bundle) {
        return bundle.console().stream().map(block -> block.text() + "\n").reduce("", String::concat);
    }

    private static String text(LiveSeries series) {
        return series.agg() + " " + series.facet().word() + " "
                + series.keys().stream().map(Key::label).toList();
    }

    private static String text(BundledCapture.Series series) {
        var facet = Facet.ofWord(series.facet().word());
        return facet == Facet.TOTAL
                ? series.agg() + " total"
                : series.agg() + " " + series.facet().word() + " "
                        + series.keys().stream().map(KeyPart::label).toList();
    }

    /** Keeps what comes, and tells when so many windows have. */
    private static final class Seen implements RunListener {
        final List<Window> windows = new ArrayList<>();
        final List<String> printed = new ArrayList<>();
        final CountDownLatch reached;

        Seen(int windows) {
            reached = new CountDownLatch(windows);
        }

        @Override
        public void output(Output output) {
            printed.add(output.text());
        }

        @Override
        public void window(Window window) {
            windows.add(window);
            reached.countDown();
        }

        @Override
        public void event(RunEvent event) {}
    }
}
