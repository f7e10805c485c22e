package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockStepsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void tellsOfAStepOnceAndOfItsSize() {
        var steps = new ClockSteps(50 * SECOND);
        assertThat(steps.look(50 * SECOND + 99_000_000)).isNull();
        assertThat(steps.look(50 * SECOND + 3_600 * SECOND)).isEqualTo("the clock was set 3600.0 s forward");
        assertThat(steps.look(50 * SECOND + 3_600 * SECOND)).isNull();
        assertThat(steps.look(50 * SECOND)).isEqualTo("the clock was set 3600.0 s back");
    }
}
