package io.stapscope.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchdogTest {
    private static final int ENDLESS = 3;
    private static final int JOBS = 10;

    private final ConcurrentSkipListMap<String, String> reports = new ConcurrentSkipListMap<>();
    private final Watchdog watchdog = new Watchdog(Duration.ofMillis(200), reports::put);

    @Test
    @Timeout(60)
    void anEndlessJobIsToldWithItsPlaceAndTheOthersAreDone() throws InterruptedException {
        var next = new AtomicInteger();
        var done = new AtomicInteger();

        watchdog.run(1, worker -> {
            while (!worker.isLeft() && next.get() < JOBS) {
                int i = next.getAndIncrement();
                worker.begin("job " + i);
                if (i == ENDLESS) {
                    spin(worker);
                } else {
                    done.incrementAndGet();
                }
                worker.end();
            }
        });

        assertThat(reports).containsOnlyKeys("job " + ENDLESS);
        assertThat(reports.get("job " + ENDLESS)).contains("WatchdogTest.spin");
        assertThat(done).hasValue(JOBS - 1);
    }

    /** Ends when the thread has been left: nothing keeps a processor busy after the test. */
    private static void spin(Watchdog.Worker worker) {
        while (!worker.isLeft()) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Timeout(60)
    void whatAThreadThrowsIsThrown() {
        assertThatThrownBy(() -> watchdog.run(2, _ -> {
                    throw new IllegalArgumentException("broken");
                }))
                .hasRootCauseMessage("broken");
        assertThat(reports).isEmpty();
    }
}
