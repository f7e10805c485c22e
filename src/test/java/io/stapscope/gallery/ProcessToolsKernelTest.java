package io.stapscope.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tools about processes, against a driver that knows the truth. */
@Tag("kernel")
@Timeout(120)
class ProcessToolsKernelTest {
    @Test
    void processLivesCountsEveryProcessThatEnded() {
        var numbers = ToolRun.of("process-lives", "fork", "40").numbers("deeds");
        // Forty children and the driver.
        assertThat(numbers.getFirst()).isEqualTo(41);
        assertThat(numbers.get(2)).as("the longest life").isGreaterThanOrEqualTo(numbers.get(1));
    }

    @Test
    void programsRunNamesEachProgramAndItsParent() {
        var run = ToolRun.ofAll("programs-run", "exec", "25");
        assertThat(run.lines().stream()
                        .filter(line ->
                                line.contains("child of %8d ".formatted(run.driver())) && line.endsWith("/deeds")))
                .hasSize(25);
    }

    @Test
    void processEndsTellsTheStatusAndTheSignal() {
        var run = ToolRun.ofAll("process-ends", "signal", "1");
        assertThat(run.count("deeds", "killed", "signal", "9")).isEqualTo(1);
        assertThat(run.count(String.valueOf(run.driver()), "deeds", "status", "0"))
                .isEqualTo(1);
    }

    @Test
    void forksCountsProcesses() {
        assertThat(ToolRun.ofAll("forks", "fork", "60").numbers("deeds", "processes"))
                .containsExactly(60L);
    }

    @Test
    void signalsCountsWhatWasSent() {
        // SIGUSR2, sixty times; SIGKILL, once.
        var run = ToolRun.ofAll("signals", "signal", "60");
        assertThat(run.numbers("deeds", "12")).containsExactly(12L, 60L);
        assertThat(run.numbers("deeds", "9")).containsExactly(9L, 1L);
    }

    @Test
    void pageFaultsCountsFreshPages() {
        var run = ToolRun.ofAll("page-faults", "touch", "3000");
        assertThat(run.numbers("deeds", String.valueOf(run.driver())).getLast()).isBetween(3000L, 3100L);
    }
}
