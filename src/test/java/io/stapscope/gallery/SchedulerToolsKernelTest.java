package io.stapscope.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tools about CPUs and who runs on them, against a driver that knows the truth. */
@Tag("kernel")
@Timeout(120)
class SchedulerToolsKernelTest {
    @Test
    void contextSwitchesCountsEveryWait() {
        var run = ToolRun.ofAll("context-switches", "sleep", "40", "5");
        long waited = run.numbers("deeds", "waited").getFirst();
        long interrupted = run.count("deeds", "interrupted") == 0
                ? 0
                : run.numbers("deeds", "interrupted").getFirst();
        // Somebody else may have taken the CPU just before a sleep began: the switch is an interruption then.
        assertThat(waited).isBetween(30L, 45L);
        assertThat(waited + interrupted).isGreaterThanOrEqualTo(40);
    }

    /**
     * How often the target began to run, and how often somebody was seen to leave the CPU to it. They differ where the
     * kernel shows nothing of what some process does: sandboxes hide their supervisor.
     */
    private static final String ARRIVALS = """
            global began, seen
            probe kernel.trace("sched_exit_tp") { if ($is_switch && pid() == target()) began++ }
            probe kernel.trace("sched_switch") { if ($next->tgid == target()) seen++ }
            probe end { println(began - seen) }
            """;

    @Test
    void offCpuKnowsHowLongASleepIs() {
        var runs = ToolRun.besideOf("off-cpu", ARRIVALS, "sleep", "200", "2");
        var numbers = runs.getFirst().numbers("deeds:");
        long hidden = Long.parseLong(runs.getLast().lines().getFirst());
        assertThat(numbers.getFirst() + hidden).as("with %d hidden", hidden).isGreaterThanOrEqualTo(200);
        assertThat(numbers.getFirst() * numbers.get(1))
                .as("microseconds")
                .isGreaterThanOrEqualTo((200 - hidden) * 2_000);
    }

    @Test
    void runQueueCountsEveryWakeup() {
        // A thread that is woken before it left the CPU does not queue.
        assertThat(ToolRun.ofAll("run-queue", "sleep", "40", "5")
                        .numbers("deeds:")
                        .getFirst())
                .isGreaterThanOrEqualTo(35);
    }

    @Test
    void wakeupsKnowsWhoWakesWhom() {
        // Parent and child wake each other for each byte unless the other has not gone to sleep yet.
        assertThat(ToolRun.ofAll("wakeups", "pass", "500")
                        .numbers("deeds            deeds")
                        .getLast())
                .isBetween(500L, 1010L);
    }

    @Test
    void profileSeesWhatComputes() {
        var run = ToolRun.ofAll("profile", "spin", "1500");
        assertThat(run.numbers("deeds", String.valueOf(run.driver())).getLast()).isBetween(300L, 1700L);
    }

    @Test
    void softirqTimeHasTheSoftInterruptsOfPackets() {
        // One for each packet, unless the daemon of soft interrupts takes several at once.
        assertThat(ToolRun.ofAll("softirq-time", "send", "400")
                        .numbers("NET_RX")
                        .getFirst())
                .isGreaterThanOrEqualTo(300);
    }
}
