package io.stapscope.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tools about system calls, against a driver that knows the truth. */
@Tag("kernel")
@Timeout(120)
class CallToolsKernelTest {
    @Test
    void callsByProgramCountsEveryCall() {
        long calls =
                ToolRun.of("calls-by-program", "ask", "5000").numbers("deeds").getFirst();
        // The driver reads its line, and ends.
        assertThat(calls).isBetween(5001L, 5020L);
    }

    @Test
    void callLatencyHasEveryCallInItsHistogram() {
        var run = ToolRun.of("call-latency", "ask", "5000");
        assertThat(run.numbers("process", "110:")).contains((long) run.driver(), 5000L);
        assertThat(run.text()).contains("value |----");
    }

    @Test
    void slowCallsTellsTheSleepsAndNothingElse() {
        var run = ToolRun.of("slow-calls", "sleep", "3", "25");
        assertThat(run.count("deeds", "nanosleep") + run.count("deeds", "clock_nanosleep"))
                .isEqualTo(3);
    }

    @Test
    void callsByNameCountsEachCall() {
        assertThat(ToolRun.ofAll("calls-by-name", "ask", "5000").numbers("deeds", "getppid"))
                .containsExactly(5000L);
    }

    @Test
    void failedCallsCountsEachError() {
        assertThat(ToolRun.ofAll("failed-calls", "fail", "70").numbers("deeds", "openat", "ENOENT"))
                .containsExactly(70L);
    }

    @Test
    void sleepsCountsEachSleepAndItsLength() {
        var run = ToolRun.ofAll("sleeps", "sleep", "40", "5");
        var numbers = run.numbers("deeds", String.valueOf(run.driver()));
        assertThat(numbers.get(1)).isEqualTo(40);
        assertThat(numbers.get(2)).isGreaterThanOrEqualTo(5000);
    }

    @Test
    void futexWaitsCountsEachWaitAndItsLength() {
        var run = ToolRun.ofAll("futex-waits", "wait", "30", "5");
        var numbers = run.numbers("deeds,", run.driver() + ":");
        assertThat(numbers.get(1)).isEqualTo(30);
        assertThat(numbers.get(2)).isGreaterThanOrEqualTo(5000);
    }
}
