package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compile;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aSpreadMovesEachFiringButNotTheBeat() {
        var timers = new Timers(
                Compile.plan("probe timer.ms(100).randomize(40) { println(1) }").handlers(), 0);
        var firings = new ArrayList<Long>();
        for (long now = 0; firings.size() < 100; now += MILLI) {
            if (!timers.due(now).isEmpty()) {
                firings.add(now);
            }
        }
        for (int i = 0; i < firings.size(); i++) {
            assertThat(firings.get(i)).isBetween((100L * (i + 1) - 40) * MILLI, (100L * (i + 1) + 41) * MILLI);
        }
    }

    @Test
    void missedFiringsHappenOnce() {
        var timers =
                new Timers(Compile.plan("probe timer.ms(10) { println(1) }").handlers(), 0);
        assertThat(timers.due(55 * MILLI)).hasSize(1);
        assertThat(timers.due(59 * MILLI)).isEmpty();
        assertThat(timers.due(60 * MILLI)).hasSize(1);
    }
}
