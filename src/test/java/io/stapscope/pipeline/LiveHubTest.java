package io.stapscope.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.stapscope.tracer.Losses;
import io.stapscope.tracer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveHubTest {
    private static final RunClock CLOCK = new RunClock(0);
    private static final long MILLI = 1_000_000;

    /** What process 1234 is called from now on; null for no news. */
    private @Nullable String name;

    private final Facets facets = new Facets(Map.of(0, List.of(KeyKind.PID)), new Key.Naming() {
        @Override
        public Key name(KeyKind kind, Object value) {
            return new Key(kind, value, value.toString());
        }

        @Override
        public Set<Long> changed() {
            return name == null ? Set.of() : Set.of(1234L);
        }

        @Override
        public Key renamed(Key key) {
            return new Key(key.kind(), key.value(), String.valueOf(name));
        }
    });
    private final LiveHub hub = new LiveHub(Set.of(0), Runnable::run, 4, 1000);
    private long number;

    @Test
    void whoJoinsGetsSeriesThenKeptIntervalsThenLinesThenLive() {
        publish(1);
        publish(2);
        hub.log(new LogBlock(1, 5, false, 1, "hello"));
        var received = join(OptionalLong.empty(), 100);

        publish(3);

        assertThat(received.getItems().get(0)).isInstanceOf(LiveMessage.Dictionary.class);
        assertThat(received.getItems().get(1)).isInstanceOfSatisfying(LiveMessage.Snapshot.class, snapshot -> {
            assertThat(snapshot.columns()).extracting(LiveMessage.Column::seq).containsExactly(1L, 2L);
            assertThat(snapshot.totals())
                    .containsExactly(new LiveMessage.SeriesTotal(0, 3), new LiveMessage.SeriesTotal(2, 3));
        });
        assertThat(received.getItems().get(2)).isInstanceOf(LiveMessage.Log.class);
        assertThat(received.getItems().get(3)).isInstanceOf(LiveMessage.Stats.class);
        assertThat(received.getItems().get(4)).isInstanceOfSatisfying(LiveMessage.Delta.class, delta -> {
            assertThat(delta.column().seq()).isEqualTo(3);
            assertThat(delta.column().startMillis()).isEqualTo(2000);
            assertThat(delta.column().lengthMillis()).isEqualTo(1000);
            assertThat(delta.column().series()).extracting(SeriesDelta::count).containsExactly(3L, 3L);
        });
    }

    @Test
    void whatIsRenamedIsAnnouncedOnceToEverybody() {
        publish(1);
        var early = join(OptionalLong.empty(), 100);
        var slow = join(OptionalLong.empty(), 1);
        publish(2, "1234 ann");
        publish(3, "1234 bob");
        publish(4);
        var late = join(OptionalLong.empty(), 100);
        slow.request(100);

        assertThat(labels(early)).containsExactly("1234", "1234 ann", "1234 bob");
        assertThat(labels(slow)).as("only the newest words").containsExactly("1234", "1234 bob");
        assertThat(labels(late)).containsExactly("1234 bob");
        assertThat(hub.figures(0, Facet.FULL)).singleElement().satisfies(figures -> {
            assertThat(figures.series().keys().getFirst().label()).isEqualTo("1234 bob");
            assertThat(figures.count()).isEqualTo(10);
        });
    }

    private static List<String> labels(AssertSubscriber<LiveMessage> received) {
        return received.getItems().stream()
                .filter(LiveMessage.Dictionary.class::isInstance)
                .flatMap(each -> ((LiveMessage.Dictionary) each).series().stream())
                .map(told -> told.series().keys().getFirst().label())
                .toList();
    }

    /** More keys than a page needs to know come once; what comes again after its intervals are gone brings its count. */
    @Test
    void whoWatchesIsToldOfWhatCountsInViewOfTheGreatestAndOfWhatItKeeps() {
        var keys = LiveHub.GREATEST + 10;
        var split =
                new Facets(Map.of(0, List.of(KeyKind.PID)), (kind, value) -> new Key(kind, value, value.toString()));
        for (int key = 0; key < keys; key++) {
            hub.publish(
                    split.split(new Window(
                            key,
                            key * 1000 * MILLI,
                            (key + 1) * 1000 * MILLI,
                            0,
                            List.of(new Window.Series(key, 0, List.of((long) key))),
                            // Greater ones come first.
                            List.of(delta(key, keys - key)),
                            Losses.NONE)),
                    CLOCK);
        }
        var received = hub.subscribe(Facet.PID, OptionalLong.empty(), Map.of(0, Set.of(2 * (keys - 5) + 1)))
                .messages()
                .subscribe()
                .withSubscriber(AssertSubscriber.create(100));
        var told = (LiveMessage.Dictionary) received.getItems().getFirst();
        assertThat(told.of()).isEqualTo(keys);
        assertThat(told.series())
                .extracting(each -> each.series().keys().getFirst().value())
                .as("the greatest, one that is asked for, the four intervals kept")
                .hasSize(LiveHub.GREATEST + 5)
                .contains(0L, LiveHub.GREATEST - 1L, keys - 5L, keys - 4L, keys - 1L)
                .doesNotContain((long) LiveHub.GREATEST);

        int before = received.getItems().size();
        hub.publish(
                split.split(new Window(
                        keys,
                        keys * 1000 * MILLI,
                        (keys + 1) * 1000 * MILLI,
                        0,
                        List.of(),
                        List.of(delta(LiveHub.GREATEST, 3), delta(keys - 1, 1)),
                        Losses.NONE)),
                CLOCK);

        assertThat(received.getItems().get(before)).isInstanceOfSatisfying(LiveMessage.Dictionary.class, again -> {
            assertThat(again.series()).singleElement().satisfies(one -> {
                assertThat(one.series().keys().getFirst().value()).isEqualTo((long) LiveHub.GREATEST);
                assertThat(one.count()).as("without the interval that follows").isEqualTo(10);
            });
            assertThat(again.of()).isEqualTo(keys);
        });
        assertThat(received.getItems().get(before + 1)).isInstanceOf(LiveMessage.Delta.class);
    }

    private static Window.Delta delta(int series, long count) {
        return new Window.Delta(series, count, count, 1, 1, new int[] {1}, new long[] {count});
    }

    @Test
    void aSlowSubscriberLosesNoCount() {
        var received = join(OptionalLong.empty(), 1);
        assertThat(received.getItems()).singleElement().isInstanceOf(LiveMessage.Snapshot.class);

        LongStream.rangeClosed(1, 50).forEach(this::publish);
        received.request(10);

        assertThat(received.getItems().get(1)).isInstanceOf(LiveMessage.Dictionary.class);
        assertThat(received.getItems().get(2)).isInstanceOfSatisfying(LiveMessage.Coalesced.class, merged -> {
            assertThat(merged.firstSeq()).isEqualTo(1);
            assertThat(merged.column().seq()).isEqualTo(50);
            assertThat(merged.column().lengthMillis()).isEqualTo(50_000);
            assertThat(merged.column().series().getFirst().count()).isEqualTo(1275);
        });
    }

    @Test
    void linesOfASlowSubscriberAreDroppedOldestFirstAndCounted() {
        var received = join(OptionalLong.empty(), 1);

        LongStream.rangeClosed(1, LiveHub.LINES + 7).forEach(seq -> hub.log(new LogBlock(seq, 0, false, 1, "line")));
        received.request(1);

        assertThat(received.getItems().getLast()).isInstanceOfSatisfying(LiveMessage.Log.class, log -> {
            assertThat(log.dropped()).isEqualTo(7);
            assertThat(log.lines()).hasSize(LiveHub.LINES);
            assertThat(log.lines().getFirst().seq()).isEqualTo(8);
        });
    }

    @Test
    void ofALongBlockTheNewestLinesAreSentAndTheRestIsCounted() {
        var received = join(OptionalLong.empty(), 1);
        hub.log(new LogBlock(1, 0, false, 3, "a\n\nb"));
        var numbers = LongStream.rangeClosed(4, 3 * LiveHub.LINES)
                .mapToObj(Long::toString)
                .toList();
        hub.log(new LogBlock(4, 0, false, numbers.size(), String.join("\n", numbers)));
        received.request(1);

        assertThat(received.getItems().getLast()).isInstanceOfSatisfying(LiveMessage.Log.class, log -> {
            assertThat(log.dropped()).isEqualTo(2 * LiveHub.LINES);
            assertThat(log.lines()).hasSize(LiveHub.LINES);
            assertThat(log.lines()).allMatch(line -> line.text().equals(Long.toString(line.seq())));
            assertThat(log.lines().getLast().seq()).isEqualTo(3 * LiveHub.LINES);
        });
    }

    @Test
    void whoComesBackGetsOnlyWhatIsMissing() {
        LongStream.rangeClosed(1, 6).forEach(this::publish);

        assertThat(columnsAfter(OptionalLong.of(4))).containsExactly(5L, 6L);
        assertThat(columnsAfter(OptionalLong.of(6))).isEmpty();
        assertThat(columnsAfter(OptionalLong.of(1)))
                .as("gone from the ring: all that is kept")
                .containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void anotherFacetIsShownFromItsKeptIntervals() {
        publish(1);
        var subscription = hub.subscribe(Facet.TOTAL, OptionalLong.empty());
        var received = subscription.messages().subscribe().withSubscriber(AssertSubscriber.create(100));
        assertThat(received.getItems()).noneMatch(LiveMessage.Dictionary.class::isInstance);

        subscription.view(Facet.PID);

        assertThat(received.getItems()).anyMatch(LiveMessage.Dictionary.class::isInstance);
        assertThat(received.getItems())
                .filteredOn(LiveMessage.Snapshot.class::isInstance)
                .hasSize(2);
    }

    @Test
    void whatWaitsToBeSentWhenAPauseBeginsIsSentAfterIt() {
        var subscription = hub.subscribe(Facet.TOTAL, OptionalLong.empty());
        var received = subscription.messages().subscribe().withSubscriber(AssertSubscriber.create(1));
        publish(1);
        received.request(1);
        publish(2);
        subscription.pause();
        publish(3);

        subscription.live();
        received.request(100);

        var seqs = received.getItems().stream()
                .flatMap(message -> switch (message) {
                    case LiveMessage.Snapshot snapshot ->
                        snapshot.columns().stream().map(LiveMessage.Column::seq);
                    case LiveMessage.Delta delta ->
                        java.util.stream.Stream.of(delta.column().seq());
                    default -> java.util.stream.Stream.<Long>empty();
                })
                .distinct()
                .sorted();
        assertThat(seqs).containsExactly(1L, 2L, 3L);
    }

    @Test
    void pausedMeansNothingIsSentAndTheMissedComesAfter() {
        var subscription = hub.subscribe(Facet.TOTAL, OptionalLong.empty());
        var received = subscription.messages().subscribe().withSubscriber(AssertSubscriber.create(100));
        publish(1);
        subscription.pause();
        int before = received.getItems().size();
        publish(2);
        publish(3);
        assertThat(received.getItems()).hasSize(before);

        subscription.live();

        assertThat(received.getItems().get(before))
                .isInstanceOfSatisfying(LiveMessage.Snapshot.class, snapshot -> assertThat(snapshot.columns())
                        .extracting(LiveMessage.Column::seq)
                        .containsExactly(2L, 3L));
    }

    @Test
    void aSubscriberThatFallsBehindItsAcknowledgementsIsHeldUntilItCatchesUp() {
        var subscription = hub.subscribe(Facet.TOTAL, OptionalLong.empty());
        var received = subscription.messages().subscribe().withSubscriber(AssertSubscriber.create(100));
        publish(1);
        subscription.acknowledge(1, -1);
        LongStream.rangeClosed(2, 10).forEach(this::publish);
        assertThat(lastDeltaSeq(received))
                .as("held about three seconds after the last acknowledgement")
                .isEqualTo(5);

        subscription.acknowledge(5, -1);

        assertThat(lastDeltaSeq(received)).isEqualTo(10);
        assertThat(received.getItems()).anyMatch(LiveMessage.Coalesced.class::isInstance);
    }

    /** Whatever subscribers do, each interval they were to get went somewhere, and that somewhere counted it. */
    @Test
    void everyFrameIsAccountedForWhateverSubscribersDo() {
        var naming = (Key.Naming) (kind, value) -> new Key(kind, value, value.toString());
        var split = new Facets(Map.of(0, List.of(KeyKind.PID), 1, List.of(KeyKind.PID)), naming);
        var two = new LiveHub(Set.of(0, 1), Runnable::run, 8, 1000);
        var random = new Random(11);
        var watchers = new ArrayList<Watcher>();
        long made = 0;
        long published = 0;
        for (int step = 0; step < 4_000; step++) {
            if (watchers.size() < 4 && random.nextInt(5) == 0) {
                watchers.add(new Watcher(two));
            }
            var one = watchers.isEmpty() ? null : watchers.get(random.nextInt(watchers.size()));
            int action = random.nextInt(10);
            if (action < 4) {
                made += 2L * two.subscribers();
                two.publish(split.split(window(published++, 1)), CLOCK);
            } else if (one != null) {
                one.act(action, random);
                if (one.gone) {
                    watchers.remove(one);
                }
            }
            var frames = two.frames();
            assertThat(frames.made()).isEqualTo(made);
            assertThat(frames.told()).as("%s after step %d", frames, step).isEqualTo(made);
            assertThat(frames.missed()).isZero();
        }
        assertThat(two.frames().sent()).isPositive();
        assertThat(two.frames().coalesced()).isPositive();
        assertThat(two.frames().dropped()).isPositive();
        watchers.forEach(each -> each.act(9, random));
        assertThat(two.frames().waiting()).isZero();
    }

    private static final class Watcher {
        final LiveSubscription subscription;
        final AssertSubscriber<LiveMessage> received;
        private int written;
        private long intervals;
        boolean gone;

        Watcher(LiveHub hub) {
            subscription = hub.subscribe(Facet.TOTAL, OptionalLong.empty());
            received = subscription.messages().subscribe().withSubscriber(AssertSubscriber.create(0));
        }

        void act(int action, Random random) {
            switch (action) {
                case 4 -> received.request(1 + random.nextInt(5));
                case 5, 6 -> write();
                case 7 -> subscription.view(random.nextBoolean() ? Facet.PID : Facet.TOTAL);
                case 8 -> {
                    if (random.nextBoolean()) {
                        subscription.pause();
                    } else {
                        subscription.live();
                    }
                }
                default -> {
                    subscription.cancel();
                    gone = true;
                }
            }
        }

        /** As a connection does that takes everything, and a page that counts it. */
        private void write() {
            for (; written < received.getItems().size(); written++) {
                var message = received.getItems().get(written);
                subscription.written(message);
                switch (message) {
                    case LiveMessage.Delta delta ->
                        subscription.acknowledge(delta.column().seq(), ++intervals);
                    case LiveMessage.Coalesced merged ->
                        subscription.acknowledge(merged.column().seq(), ++intervals);
                    case LiveMessage.Snapshot snapshot -> subscription.acknowledge(snapshot.seq(), intervals);
                    default -> {}
                }
            }
        }
    }

    @Test
    void whatASubscriberDidNotGetByItsOwnCountIsMissed() {
        var subscription = hub.subscribe(Facet.TOTAL, OptionalLong.empty());
        var received = subscription.messages().subscribe().withSubscriber(AssertSubscriber.create(100));
        LongStream.rangeClosed(1, 3).forEach(this::publish);
        received.getItems().forEach(subscription::written);
        assertThat(hub.frames().sent()).isEqualTo(3);

        subscription.acknowledge(1, 1);
        assertThat(hub.frames().missed()).isZero();
        subscription.acknowledge(3, 2);
        assertThat(hub.frames().missed()).isEqualTo(1);
        publish(4);
        subscription.acknowledge(4, 4);
        assertThat(hub.frames().missed()).as("it came after all").isZero();
        publish(5);
        subscription.acknowledge(6, 5);
        assertThat(hub.frames().missed())
                .as("nothing with this number was sent")
                .isEqualTo(1);
    }

    @Test
    void theEndComesAfterAllThatWaits() {
        var received = join(OptionalLong.empty(), 1);
        publish(5);
        hub.event(1000, "exit", "exit()", "stopping");
        hub.finish();
        received.assertNotTerminated();

        received.request(100);

        received.assertCompleted();
        assertThat(received.getItems()).anyMatch(LiveMessage.Event.class::isInstance);
        assertThat(lastDeltaSeq(received)).isEqualTo(1);
        assertThat(hub.subscribers()).isZero();
    }

    @Test
    void cancellingLeavesTheHub() {
        var received = join(OptionalLong.empty(), 10);
        assertThat(hub.subscribers()).isOne();

        received.cancel();

        assertThat(hub.subscribers()).isZero();
    }

    @Test
    void overTheBudgetOldIntervalsKeepOnlyTheirTotals() {
        var small = new LiveHub(Set.of(0), Runnable::run, 100, 12);
        var split = new Facets(Map.of(0, List.of(KeyKind.PID)), (kind, value) -> new Key(kind, value, "x"));
        for (int i = 0; i < 3; i++) {
            small.publish(split.split(window(i, 1)), CLOCK);
        }

        var columns = small.snapshot(0, Facet.PID, 0, List.of()).columns();

        assertThat(columns).extracting(LiveMessage.Column::partial).containsExactly(true, true, false);
        assertThat(columns).allMatch(column -> column.series().getFirst().count() == 1);
    }

    private AssertSubscriber<LiveMessage> join(OptionalLong resume, long requested) {
        return hub.subscribe(Facet.FULL, resume)
                .messages()
                .subscribe()
                .withSubscriber(AssertSubscriber.create(requested));
    }

    private List<Long> columnsAfter(OptionalLong resume) {
        return join(resume, 100).getItems().stream()
                .filter(LiveMessage.Snapshot.class::isInstance)
                .flatMap(each -> ((LiveMessage.Snapshot) each).columns().stream())
                .map(LiveMessage.Column::seq)
                .toList();
    }

    private static long lastDeltaSeq(AssertSubscriber<LiveMessage> received) {
        long last = 0;
        for (var message : received.getItems()) {
            if (message instanceof LiveMessage.Delta delta) {
                last = delta.column().seq();
            } else if (message instanceof LiveMessage.Coalesced merged) {
                last = merged.column().seq();
            }
        }
        return last;
    }

    private void publish(long count) {
        hub.publish(facets.split(window(number++, count)), CLOCK);
    }

    private void publish(long count, String label) {
        name = label;
        publish(count);
        name = null;
    }

    private static Window window(long number, long count) {
        var opened = number == 0 ? List.of(new Window.Series(0, 0, List.of(1234L))) : List.<Window.Series>of();
        var delta = new Window.Delta(0, count, count, 1, 1, new int[] {1}, new long[] {count});
        return new Window(
                number, number * 1000 * MILLI, (number + 1) * 1000 * MILLI, 0, opened, List.of(delta), Losses.NONE);
    }
}
