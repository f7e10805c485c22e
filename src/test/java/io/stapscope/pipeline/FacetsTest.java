package io.stapscope.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stapscope.tracer.Accounts;
import io.stapscope.tracer.Losses;
import io.stapscope.tracer.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FacetsTest {
    private static final Key.Naming NAMING = (kind, value) -> new Key(kind, value, kind.word() + " " + value);

    private final Facets facets = new Facets(Map.of(0, List.of(KeyKind.PID, KeyKind.SYSCALL), 3, List.of()), NAMING);

    @Test
    void aWindowIsSplitByEachPartOfTheKeyAndByTheWholeKey() {
        var interval = facets.split(window(
                0,
                List.of(series(0, 0, 10L, 1L), series(1, 0, 10L, 2L), series(2, 0, 11L, 1L)),
                List.of(delta(0, 5, 9, 2, 4), delta(1, 7, 7, 1), delta(2, 5, 5, 3))));

        var total = interval.aggregate(0).of(Facet.TOTAL);
        assertThat(total).singleElement().satisfies(all -> {
            assertThat(all.series()).isZero();
            assertThat(all.count()).isEqualTo(10);
            assertThat(all.buckets()).containsExactly(5, 6, 7);
            assertThat(all.counts()).containsExactly(5, 4, 1);
            assertThat(all.min()).isEqualTo(5);
            assertThat(all.max()).isEqualTo(9);
        });
        assertThat(countsByLabel(interval, Facet.PID)).isEqualTo(Map.of("pid 10", 7L, "pid 11", 3L));
        assertThat(countsByLabel(interval, Facet.SYSCALL)).isEqualTo(Map.of("syscall 1", 9L, "syscall 2", 1L));
        assertThat(countsByLabel(interval, Facet.FULL)).hasSize(3);
        assertThat(interval.aggregate(0).of(Facet.CPU))
                .as("no such part: only the total")
                .hasSize(1);
    }

    @Test
    void aScalarHasOnlyItsTotal() {
        var interval = facets.split(window(0, List.of(series(0, 3)), List.of(delta(0, 1, 1, 42))));

        assertThat(interval.opened()).isEmpty();
        assertThat(interval.aggregate(3).of(Facet.FULL)).singleElement().satisfies(all -> assertThat(all.count())
                .isEqualTo(42));
    }

    @Test
    void idsStayAndRangesLastOverWindows() {
        facets.split(window(0, List.of(series(0, 0, 10L, 1L)), List.of(delta(0, 100, 200, 2))));
        var second = facets.split(window(1, List.of(series(1, 0, 10L, 2L)), List.of(delta(1, 150, 160, 1))));

        assertThat(second.opened()).extracting(LiveSeries::facet).containsExactly(Facet.SYSCALL, Facet.FULL);
        var total = second.aggregate(0).of(Facet.TOTAL).getFirst();
        assertThat(total.count()).isEqualTo(1);
        assertThat(total.min()).as("since the run began").isEqualTo(100);
        assertThat(total.max()).isEqualTo(200);
    }

    @Test
    void aProcessThatIsNamedLaterRenamesItsSeriesAndOnlyWholeKeysHaveItsNote() {
        var news = new HashMap<Long, String>();
        var naming = new Key.Naming() {
            @Override
            public Key name(KeyKind kind, Object value) {
                return new Key(kind, value, kind.word() + " " + value);
            }

            @Override
            public Set<Long> changed() {
                return Set.copyOf(news.keySet());
            }

            @Override
            public Key renamed(Key key) {
                return key.kind() == KeyKind.PID
                        ? new Key(key.kind(), key.value(), "pid " + key.value() + " ann", news.get(key.value()))
                        : key;
            }
        };
        var named = new Facets(Map.of(0, List.of(KeyKind.PID, KeyKind.SYSCALL)), naming);
        var first = named.split(window(
                0,
                List.of(series(0, 0, 10L, 1L), series(1, 0, 11L, 10L)),
                List.of(delta(0, 5, 9, 2), delta(1, 7, 7, 1))));
        assertThat(first.renamed()).isEmpty();

        news.put(10L, "select ?");
        var second = named.split(window(1, List.of(), List.of()));

        assertThat(second.renamed())
                .extracting(LiveSeries::facet, LiveSeries::keys)
                .containsExactly(
                        tuple(Facet.PID, List.of(new Key(KeyKind.PID, 10L, "pid 10 ann", "select ?"))),
                        tuple(
                                Facet.FULL,
                                List.of(
                                        new Key(KeyKind.PID, 10L, "pid 10 ann"),
                                        new Key(KeyKind.SYSCALL, 1L, "syscall 1"))));
        assertThat(second.renamed())
                .extracting(LiveSeries::id)
                .isSubsetOf(first.opened().stream().map(LiveSeries::id).toList());

        news.put(10L, "commit");
        assertThat(named.split(window(2, List.of(), List.of())).renamed())
                .as("another query changes one series, however many keys the process has")
                .extracting(LiveSeries::facet)
                .containsExactly(Facet.PID);
        assertThat(named.split(window(3, List.of(), List.of())).renamed()).isEmpty();
    }

    @Test
    void everyFacetHoldsExactlyWhatItsSeriesHold() {
        var random = new Random(7);
        var opened = new java.util.ArrayList<Window.Series>();
        var deltas = new java.util.ArrayList<Window.Delta>();
        for (int id = 0; id < 200; id++) {
            opened.add(series(id, 0, (long) (id % 7), (long) (id / 7)));
            var buckets = random.ints(20, -488, 489).distinct().sorted().toArray();
            var counts = random.longs(buckets.length, 1, 1000).toArray();
            long count = java.util.Arrays.stream(counts).sum();
            deltas.add(new Window.Delta(id, count, random.nextLong(), -id, id, buckets, counts));
        }

        var interval = facets.split(window(0, opened, deltas));

        var expected = histogram(deltas.stream()
                .map(each -> new SeriesDelta(0, each.count(), 0, 0, 0, each.buckets(), each.counts()))
                .toList());
        for (var facet : List.of(Facet.TOTAL, Facet.PID, Facet.SYSCALL, Facet.FULL)) {
            var series = interval.aggregate(0).facets().get(facet);
            assertThat(histogram(series)).as(facet.word()).isEqualTo(expected);
            assertThat(series).extracting(SeriesDelta::series).isSorted();
            assertThat(series.stream().mapToLong(SeriesDelta::sum).sum())
                    .isEqualTo(deltas.stream().mapToLong(Window.Delta::sum).sum());
        }
    }

    @Test
    void lossesAndHolesMarkTheInterval() {
        var first = facets.split(window(0, List.of(), List.of()));
        var lossy = facets.split(new Window(
                1,
                1_500,
                2_000,
                0,
                List.of(),
                List.of(),
                new Losses(0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, Accounts.NONE, List.of())));

        assertThat(first.lost()).isFalse();
        assertThat(lossy.lost()).isTrue();
        assertThat(lossy.gap()).isTrue();
    }

    private static Map<Integer, Long> histogram(List<SeriesDelta> series) {
        var all = new TreeMap<Integer, Long>();
        for (var each : series) {
            for (int i = 0; i < each.buckets().length; i++) {
                all.merge(each.buckets()[i], each.counts()[i], Long::sum);
            }
        }
        return all;
    }

    private static Map<String, Long> countsByLabel(Interval interval, Facet facet) {
        var counts = new TreeMap<String, Long>();
        for (var delta : interval.aggregate(0).facets().get(facet)) {
            var series = interval.opened().stream()
                    .filter(each -> each.id() == delta.series())
                    .findFirst()
                    .orElseThrow();
            var labels = series.keys().stream().map(Key::label).toList();
            counts.put(String.join(",", labels), delta.count());
        }
        return counts;
    }

    private static Window window(long number, List<Window.Series> opened, List<Window.Delta> deltas) {
        return new Window(number, number * 1000, number * 1000 + 1000, 0, opened, deltas, Losses.NONE);
    }

    private static Window.Series series(int id, int global, Object... keys) {
        return new Window.Series(id, global, List.of(keys));
    }

    private static Window.Delta delta(int series, long min, long max, long... counts) {
        var buckets = new int[counts.length];
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            buckets[i] = (int) min + i;
            count += counts[i];
        }
        return new Window.Delta(series, count, count * min, min, max, buckets, counts);
    }
}
