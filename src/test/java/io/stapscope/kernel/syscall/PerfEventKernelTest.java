package io.stapscope.kernel.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stapscope.kernel.abi.PerfEventAttr;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(30)
class PerfEventKernelTest {
    private static final int ANY_PROCESS = -1;

    @Test
    void aClockEventOpensOnOneCpu() {
        try (var event = PerfEvent.openSampling(
                PerfEventAttr.TYPE_SOFTWARE, PerfEventAttr.SOFTWARE_CPU_CLOCK, 99, true, ANY_PROCESS, 0)) {
            assertThat(event.number()).isGreaterThan(2);
        }
    }

    @Test
    void anUnknownCpuIsRefusedWithItsErrno() {
        assertThatThrownBy(() -> PerfEvent.openSampling(
                        PerfEventAttr.TYPE_SOFTWARE, PerfEventAttr.SOFTWARE_CPU_CLOCK, 99, true, ANY_PROCESS, 100_000))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void theMonotonicClockLeadsToWallTime() {
        long wall = MonotonicClock.now() + MonotonicClock.wallOffsetNanos();

        assertThat(wall / 1_000_000).isCloseTo(System.currentTimeMillis(), within(1000L));
    }

    @Test
    void aGracePeriodEnds() {
        assertThat(GracePeriod.await()).isTrue();
    }
}
