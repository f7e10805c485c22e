package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.HitCounts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plan that only counts is hit exactly where and as often as the one it was made of. */
@Tag("kernel")
@Timeout(120)
class HitCountsKernelTest {
    private static final Path CALLS = Driver.program("calls");

    @Test
    void hitsAreCountedByHandlerAndNothingElseIsDone() {
        var plan = Traced.compile("""
                global entered, left
                probe begin { println("the script itself begins") }
                probe process("CALLS").syscall { entered <<< 1 }
                probe process("CALLS").syscall.return { left <<< 1; if ($return < -4095) println("never") }
                probe process("CALLS").end { println("the script itself prints") }
                probe timer.s(100) { exit() }
                """.replace("CALLS", CALLS.toString()), false);
        var counting = Objects.requireNonNull(HitCounts.of(plan));
        try (var driver = Driver.start(CALLS, "100000", "2", "hold")) {
            driver.line();
            try (var own = Traced.start(plan);
                    var counted = Traced.start(counting)) {
                driver.proceed();
                assertThat(driver.awaitEnd()).isZero();
                assertThat(own.stop().losses().lost()).isZero();
                var result = counted.stop();
                assertThat(result.losses().lost()).isZero();
                assertThat(own.text()).contains("the script itself begins", "the script itself prints");
                assertThat(counted.text()).isEmpty();
                long entered = own.counts(0).get(List.of());
                long left = own.counts(1).get(List.of());
                assertThat(entered).isGreaterThanOrEqualTo(100_000);
                assertThat(counted.counts(0)).containsAllEntriesOf(Map.of(List.of(1L), entered, List.of(2L), left));
            }
        }
    }

    @Test
    void aPlanThatIsNeverHitInTheKernelHasNothingToCount() {
        assertThat(HitCounts.of(Traced.compile("probe begin { exit() } probe timer.s(1) { }", false)))
                .isNull();
    }
}
