package io.stapscope.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.tracer.Losses;
import io.stapscope.tracer.Window;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two processes make two calls; from the third second on, one of the processes is slow in one of them. */
class ExplanationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int FAST = 40;
    private static final int SLOW = 160;
    private static final long ONE = 1;
    private static final long TWO = 2;
    private static final long READ = 0;
    private static final long WAIT = 232;

    private final LiveHub hub = new LiveHub(Set.of(0), Runnable::run);
    private final Facets facets = new Facets(
            Map.of(0, List.of(KeyKind.PID, KeyKind.SYSCALL)), (kind, value) -> new Key(kind, value, value.toString()));
    private long number;

    @Test
    void theBoxIsSetAgainstAllTheRestByEachKindOfKey() {
        for (int i = 0; i < 5; i++) {
            publish(i >= 2);
        }

        var found = hub.explain(0, new Explanation.Box(2000, 5000, 150, 170));

        assertThat(found.inside()).isEqualTo(3 * 50);
        assertThat(found.rest()).isEqualTo(5 * 300);
        assertThat(found.splits())
                .extracting(Explanation.Split::facet)
                .containsExactly(Facet.FULL, Facet.PID, Facet.SYSCALL);
        var byPid = split(found, Facet.PID);
        assertThat(byPid.series()).isEqualTo(2);
        assertThat(byPid.rows().getFirst().keys().getFirst().value()).isEqualTo(TWO);
        assertThat(byPid.rows()).extracting(Explanation.Row::inside).containsExactly(150L, 0L);
        assertThat(byPid.rows()).extracting(Explanation.Row::rest).containsExactly(500L, 1000L);
        var bySyscall = split(found, Facet.SYSCALL);
        assertThat(bySyscall.rows().getFirst().keys().getFirst().value()).isEqualTo(WAIT);
        assertThat(bySyscall.rows().getFirst().inside()).isEqualTo(150);
    }

    @Test
    void theRowsOfEachKindAddUpToTheWhole() {
        publish(true);
        publish(false);

        var found = hub.explain(0, new Explanation.Box(0, 1000, 0, 100));

        for (var split : found.splits()) {
            assertThat(split.rows().stream().mapToLong(Explanation.Row::inside).sum())
                    .as(split.facet().word())
                    .isEqualTo(found.inside());
            assertThat(split.rows().stream().mapToLong(Explanation.Row::rest).sum())
                    .isEqualTo(found.rest());
        }
    }

    @Test
    void nothingIsExplainedBeforeTheFirstInterval() {
        assertThat(hub.explain(0, new Explanation.Box(0, 1000, -10, 10))).isEqualTo(new Explanation(0, 0, List.of()));
    }

    @Test
    void aLargeDifferenceOfFewValuesComesAfterASmallerOneOfMany() {
        publish(true);

        // 50 slow values of one series, and no others: with them all in the box, the fast ones tell as much.
        var rows = split(hub.explain(0, new Explanation.Box(0, 1000, 150, 170)), Facet.FULL)
                .rows();

        assertThat(rows.getFirst().inside()).isEqualTo(50);
        assertThat(rows).hasSize(4);
    }

    private static Explanation.Split split(Explanation found, Facet facet) {
        return found.splits().stream()
                .filter(split -> split.facet() == facet)
                .findFirst()
                .orElseThrow();
    }

    private void publish(boolean slow) {
        var opened = number == 0
                ? List.of(
                        new Window.Series(0, 0, List.of(ONE, READ)),
                        new Window.Series(1, 0, List.of(ONE, WAIT)),
                        new Window.Series(2, 0, List.of(TWO, READ)),
                        new Window.Series(3, 0, List.of(TWO, WAIT)))
                : List.<Window.Series>of();
        var deltas = new java.util.ArrayList<>(List.of(delta(0, FAST, 100), delta(1, FAST, 100), delta(2, FAST, 50)));
        deltas.add(
                slow
                        ? new Window.Delta(3, 100, 0, 0, 0, new int[] {FAST, SLOW}, new long[] {50, 50})
                        : delta(3, FAST, 50));
        hub.publish(
                facets.split(new Window(
                        number, number * SECOND, (number + 1) * SECOND, 0, opened, List.copyOf(deltas), Losses.NONE)),
                new RunClock(0));
        number++;
    }

    private static Window.Delta delta(int series, int bucket, long count) {
        return new Window.Delta(series, count, 0, 0, 0, new int[] {bucket}, new long[] {count});
    }
}
