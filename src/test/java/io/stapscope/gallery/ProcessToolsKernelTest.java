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
}
