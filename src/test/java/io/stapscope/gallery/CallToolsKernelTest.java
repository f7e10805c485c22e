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
        long calls = ToolRun.of("calls-by-program", "ask", "5000").numbers("deeds").getFirst();
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
        assertThat(run.count("deeds", "call", "35")
                        + run.count("deeds", "call", "230"))
                .isEqualTo(3);
    }

    @Test
    void failedCallsCountsEachError() {
        assertThat(ToolRun.of("failed-calls", "fail", "70").numbers("deeds", "257"))
                .isEqualTo(java.util.List.of(257L, 2L, 70L));
    }
}
