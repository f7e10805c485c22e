package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wall clock is set while a script runs: windows go on side by side, and what was counted stays exact. */
@Timeout(120)
class ClockStepKernelTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final int CALLS = 30_000;

    @Test
    void windowsAreNumberedAndPlacedByTheMonotonicClockAlone() throws Exception {
        long offset = WallClock.offsetNanos();
        var wall = new AtomicLong(offset);
        var program = Driver.program("calls");
        var script = "global s; probe process(\"" + program + "\").syscall { if ($syscall == 110) s <<< 1 }";
        long begin = System.nanoTime();
        try (var traced = Traced.startAt(wall::get, script)) {
            for (long step : new long[] {-HOUR, HOUR, 0}) {
                try (var driver = Driver.start(program, String.valueOf(CALLS), "2")) {
                    wall.set(offset + step);
                    traced.awaitWindows(traced.windows().size() + 3);
                    assertThat(driver.awaitEnd()).isZero();
                }
            }
            traced.stop();
            long end = System.nanoTime();

            var windows = traced.windows();
            long last = windows.getFirst().startNanos();
            assertThat(last).isBetween(begin, end);
            for (int i = 0; i < windows.size(); i++) {
                assertThat(windows.get(i).number()).isEqualTo(i);
                assertThat(windows.get(i).startNanos()).isEqualTo(last);
                last = windows.get(i).endNanos();
                assertThat(last).isGreaterThan(windows.get(i).startNanos());
            }
            assertThat(last).isLessThanOrEqualTo(end);
            assertThat(windows).extracting(Window::wallOffsetNanos).contains(offset - HOUR, offset + HOUR, offset);
            assertThat(traced.events().stream().filter(event -> event.kind().equals("clock_step")))
                    .extracting(RunEvent::text)
                    .containsExactly(
                            "the clock was set 3600.0 s back",
                            "the clock was set 7200.0 s forward",
                            "the clock was set 3600.0 s back");
            assertThat(traced.counts(0).values()).containsExactly(3L * CALLS);
        }
    }
}
